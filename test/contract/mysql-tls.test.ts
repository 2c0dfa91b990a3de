import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import type { TlsMode } from '../../connectors/contract/definition.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { openMysql } from '../../connectors/mysql/index.ts';
import { silentLogger } from '../support/logger.ts';
import { describeKinds } from '../support/both-servers.ts';
import type { MysqlServer } from '../support/mysql-server.ts';
import { requireProgram } from '../support/programs.ts';
import { never } from './fixture.ts';
import { feedOf } from './follower.ts';

const run = promisify(execFile);

const STATUS = { MariaDB: 'information_schema.SESSION_STATUS', MySQL: 'performance_schema.session_status' };

describeKinds('TLS to', ({ name, start }) => {
  let directory = '';
  let server: MysqlServer;
  let ca = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tributary-tls-'));
    const [certificate, secretKey] = [path.join(directory, 'server.crt'), path.join(directory, 'server.key')];
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
      '-subj',
      '/CN=db.example',
      '-addext',
      'subjectAltName=DNS:db.example,IP:192.0.2.7,IP:2001:db8::7',
    ]);
    ca = await readFile(certificate, 'utf8');
    server = await start([
      `--ssl-cert=${certificate}`,
      `--ssl-key=${secretKey}`,
      '--log-bin=binlog',
      '--server-id=1',
      ...(name === 'MySQL' ? ['--gtid-mode=ON', '--enforce-gtid-consistency=ON'] : ['--binlog-format=ROW']),
      '--binlog-row-metadata=FULL',
    ]);
    await server.query('CREATE DATABASE app');
    await server.query('CREATE TABLE app.people (id int PRIMARY KEY, mail varchar(9))');
    await server.query("INSERT INTO app.people VALUES (1, 'a')");
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const source = {
    query: `SELECT 1 AS id, (SELECT VARIABLE_VALUE FROM ${STATUS[name]} WHERE VARIABLE_NAME = 'Ssl_cipher') AS cipher`,
    key: ['id'],
  };
  const open = (tls: TlsMode, host: string, authority?: string): Connector =>
    openMysql(
      {
        name: 'tls',
        changes: { mode: 'none' },
        connection: { host, port: server.port, database: 'app', user: server.user, tls, ca: authority },
        password: new Secret(server.password),
        source,
        columns: ['cipher'],
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
    return (await opened.records.page(null, 1, never)).records[0]?.values['cipher'];
  };
  const encrypted = expect.stringMatching(/^TLS|^[A-Z]+-/);

  it.each(['db.example', 'db.example.', '192.0.2.7', '2001:db8::7'])(
    'checks authority and the host in the definition, not the address: %s',
    async (host) => {
      await expect(read(open('verify-full', host, ca))).resolves.toEqual(encrypted);
    },
  );

  it.each<[TlsMode, string, boolean]>([
    ['verify-full', 'other.example', true],
    ['verify-full', '127.0.0.1', true],
    ['verify-full', 'localhost', true],
    ['verify-full', 'db.example', false],
    ['verify-ca', 'db.example', false],
  ])('refuses with %s, host %s and authority %s', async (mode, host, known) => {
    await expect(read(open(mode, host, known ? ca : undefined))).rejects.toMatchObject({
      code: 'SOURCE_TLS_FAILED',
    });
  });

  it('encrypts without checking only where the definition says so', async () => {
    await expect(read(open('verify-ca', 'other.example', ca))).resolves.toEqual(encrypted);
    await expect(read(open('require-insecure', 'other.example'))).resolves.toEqual(encrypted);
    await expect(read(open('disable', 'db.example'))).resolves.toBe('');
    await using insecure = open('require-insecure', 'other.example');
    const findings = await insecure.check(never);
    expect(findings).toContainEqual(expect.objectContaining({ step: 'tls', severity: 'warning' }));
  });

  it('reads the binary log over the same kind of connection', async () => {
    const follow = async (host: string): Promise<string | undefined> => {
      await using connector = openMysql(
        {
          name: 'tls',
          changes: { mode: 'binlog' },
          connection: { host, port: server.port, database: 'app', user: server.user, tls: 'verify-full', ca },
          password: new Secret(server.password),
          source: { table: 'people', key: ['id'] },
          columns: ['mail'],
          passwordColumn: null,
          writeBack: null,
        },
        {
          logger: silentLogger,
          resolve: () => Promise.resolve('127.0.0.1'),
          locate: (file) => Promise.resolve(file),
        },
      );
      const head = await feedOf(connector).head(never);
      await server.query("REPLACE INTO app.people VALUES (2, 'b')");
      for await (const { changes } of feedOf(connector).read(head, never))
        if (changes[0]?.kind === 'upsert') return changes[0].record.key;
      return undefined;
    };
    await expect(follow('db.example')).resolves.toBe('2');
    await expect(follow('other.example')).rejects.toMatchObject({ code: 'SOURCE_TLS_FAILED' });
  });

  // MySQL itself refuses to load one.
  const ifLoaded = name === 'MariaDB' ? it : null;
  ifLoaded?.('refuses a certificate that has expired, whoever signed it', async () => {
    const [key, request] = [path.join(directory, 'server.key'), path.join(directory, 'request.csr')];
    const openssl = await requireProgram('openssl');
    const subject = ['-subj', '/CN=db.example', '-addext', 'subjectAltName=DNS:db.example'];
    await run(openssl, ['req', '-new', '-key', key, '-out', request, ...subject]);
    const certificate = path.join(directory, 'server.crt');
    const signed = ['-signkey', key, '-days', '-1', '-copy_extensions', 'copy', '-out', certificate];
    await run(openssl, ['x509', '-req', '-in', request, ...signed]);
    await server.query('FLUSH SSL');
    const expired = await readFile(certificate, 'utf8');
    await expect(read(open('verify-full', 'db.example', expired))).rejects.toMatchObject({
      code: 'SOURCE_TLS_FAILED',
      message: expect.stringContaining('expired'),
    });
  });
});
