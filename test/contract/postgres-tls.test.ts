import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Connector } from '../../connectors/contract/connector.ts';
import type { TlsMode } from '../../connectors/contract/definition.ts';
import { openPostgres } from '../../connectors/postgres/index.ts';
import type { EmbeddedServer } from '../../src/store/embedded/server.ts';
import { startEmbeddedServer } from '../../src/store/embedded/start.ts';
import { silentLogger } from '../support/logger.ts';
import { requireProgram } from '../support/programs.ts';
import { never } from './fixture.ts';

const run = promisify(execFile);

describe('TLS to PostgreSQL', () => {
  let directory = '';
  let server: EmbeddedServer;
  let ca = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tributary-tls-'));
    await chmod(directory, 0o755);
    server = await startEmbeddedServer({ directory, logger: silentLogger, settings: { fsync: 'off' } });
    const home = path.join(directory, 'cluster');
    const [certificate, secretKey] = [path.join(home, 'server.crt'), path.join(home, 'server.key')];
    const subject = ['-subj', '/CN=db.example', '-addext', 'subjectAltName=DNS:db.example'];
    await run(await requireProgram('openssl'), [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-out',
      certificate,
      '-keyout',
      secretKey,
      ...subject,
    ]);
    const { uid, gid } = await stat(home);
    for (const file of [certificate, secretKey]) await chown(file, uid, gid);
    await chmod(secretKey, 0o600);
    ca = await readFile(certificate, 'utf8');
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    await client.query('CREATE TABLE people AS SELECT 1 AS id');
    for (const [name, value] of [
      ['ssl_cert_file', certificate],
      ['ssl_key_file', secretKey],
      ['ssl', 'on'],
    ])
      await client.query(`ALTER SYSTEM SET ${name ?? ''} = '${value ?? ''}'`);
    await client.query('SELECT pg_reload_conf()');
    await client.end();
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const open = (tls: TlsMode, host: string, authority?: string): Connector =>
    openPostgres(
      {
        name: 'tls',
        changes: { mode: 'none' },
        connection: { host, port: server.port, database: 'postgres', user: server.user, tls, ca: authority },
        password: server.password,
        source: {
          query: `SELECT id, (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS encrypted FROM people`,
          key: ['id'],
        },
        columns: ['encrypted'],
        passwordColumn: null,
        writeBack: null,
      },
      {
        logger: silentLogger,
        resolve: () => Promise.resolve('127.0.0.1'),
        locate: (file) => Promise.resolve(file),
      },
    );
  const read = async (connector: Connector): Promise<unknown> => {
    await using opened = connector;
    return (await opened.records.page(null, 1, never)).records[0]?.values['encrypted'];
  };

  it('checks authority and name of the host in the definition, not of the address', async () => {
    await expect(read(open('verify-full', 'db.example', ca))).resolves.toBe('true');
    await expect(read(open('verify-full', 'db.example.', ca))).resolves.toBe('true');
  });

  it.each<[TlsMode, string, boolean]>([
    ['verify-full', 'other.example', true],
    ['verify-full', '127.0.0.1', true],
    ['verify-full', 'db.example', false],
    ['verify-ca', 'db.example', false],
  ])('refuses with %s, host %s and authority %s', async (mode, host, known) => {
    await expect(read(open(mode, host, known ? ca : undefined))).rejects.toMatchObject({
      code: 'SOURCE_TLS_FAILED',
    });
  });

  it('encrypts without checking only where the definition says so', async () => {
    await expect(read(open('verify-ca', 'other.example', ca))).resolves.toBe('true');
    await expect(read(open('require-insecure', 'other.example'))).resolves.toBe('true');
    await expect(read(open('disable', 'db.example'))).resolves.toBe('false');
    await using insecure = open('require-insecure', 'other.example');
    const findings = await insecure.check(never);
    expect(findings).toContainEqual(expect.objectContaining({ step: 'tls', severity: 'warning' }));
  });
});
