import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CommandLine } from '../support/command-line.ts';
import { runInProcess } from '../support/in-process.ts';

/** A database that nobody has to reach: only that its password is sealed counts. */
const NOWHERE = `name: acme-hr
connector: postgres
connection: { host: 127.0.0.1, port: 1, database: hr, user: tributary, password: sealed, tls: disable }
source: { table: people, key: [id] }
mapping: { username: login }
`;
let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.open();
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

describe('people without a provider', () => {
  it('are entered one by one, with a temporary password that no command line shows', async () => {
    const args = [
      'bin/tributary',
      'profile',
      'create',
      '--username',
      'ada',
      '--temporary-password',
      '--json',
    ];
    const child = spawn(process.execPath, args, { env: line.env, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end('let me in once\n');
    const [created] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(created)).toMatchObject({ emailRequested: false });
    expect(await line.json(0, 'profile', 'show', 'ada')).toMatchObject({ forceReset: true });
  });

  it('are imported from a file, or refused with line and column', async () => {
    const file = await line.write(
      'people.csv',
      '\uFEFFusername;email;preRegistration\nbob;bob@example.org;yes\neve;nobody;\n',
    );
    const refused = await line.run('profile', 'import', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('line 3, column email');
    expect(await line.json(1, 'profile', 'import', file, '--partial')).toMatchObject({
      created: 1,
      refused: 1,
      emails: 1,
    });
    expect((await line.run('profile', 'import', path.join(line.folder, 'none.csv'))).stderr).toContain(
      'does not exist',
    );
  });

  it('are changed, and sent another link', async () => {
    expect(await line.json(0, 'profile', 'set', 'bob', 'givenName=Bob', 'attributes.dept=R&D')).toMatchObject(
      {
        changes: { givenName: { to: 'Bob' }, 'attributes.dept': { to: 'R&D' } },
      },
    );
    expect(await line.jsonLines('email', 'list')).toMatchObject([{ username: 'bob', state: 'queued' }]);
    expect(await line.json(0, 'profile', 'resend', 'bob')).toMatchObject({ skipped: [{ reason: 'queued' }] });
    expect(await line.json(1, 'profile', 'resend', 'ada')).toMatchObject({
      skipped: [{ reason: 'not-pre-registered' }],
    });
    expect((await line.run('profile', 'resync', 'ada')).stderr).toContain('(PROFILE_WITHOUT_PROVIDER)');
  });
});

describe('the installation', () => {
  it('is looked over', async () => {
    const found = await line.json<{ name: string; state: string }[]>(0, 'doctor');
    expect(found.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(await line.json(0, 'migrate')).toEqual({ applied: [] });
  });

  it('is looked over as far as it goes when its store lacks something, or its key is another', async () => {
    const client = new pg.Client({ connectionString: line.env['DATABASE_URL'] });
    await client.connect();
    const states = async (env: NodeJS.ProcessEnv = {}): Promise<Readonly<Record<string, string>>> => {
      const { code, stdout } = await runInProcess({ ...line.env, ...env }, ['doctor', '--json']);
      const found = JSON.parse(stdout) as { name: string; state: string }[];
      return { ...Object.fromEntries(found.map(({ name, state }) => [name, state])), code: String(code) };
    };
    const { rows } = await client.query<{ name: string; timestamp: string }>(
      'DELETE FROM schema_migrations WHERE id = (SELECT max(id) FROM schema_migrations) RETURNING name, timestamp',
    );
    expect(await states()).toMatchObject({ migrations: 'fail', queues: 'ok', mail: 'ok', code: '1' });
    await client.query('INSERT INTO schema_migrations (name, timestamp) VALUES ($1, $2)', [
      rows[0]?.name,
      rows[0]?.timestamp,
    ]);
    await client.end();
    const file = await line.write('nowhere.yaml', NOWHERE);
    expect(await line.run('provider', 'apply', '-f', file)).toMatchObject({ code: 0 });
    expect(await states()).toMatchObject({ key: 'ok', clock: 'ok', 'provider acme-hr': 'ok', code: '0' });
    const TRIBUTARY_SECRET_KEY = randomBytes(32).toString('base64');
    expect(await states({ TRIBUTARY_SECRET_KEY })).toMatchObject({ key: 'fail', queues: 'ok', code: '1' });
  });

  it('lists its settings without secrets', async () => {
    const { code, stdout } = await line.run('config');
    expect(code).toBe(0);
    expect(stdout).toContain('DATABASE_URL');
    expect(stdout).not.toContain(line.source.password);
  });
});
