import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import bcrypt from 'bcryptjs';
import { stringify } from 'yaml';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { startMariadb, type MariadbServer } from '../support/mariadb.ts';
import { freePort } from '../support/processes.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';
import { Visitor } from '../support/visitor.ts';
import { waitFor } from '../support/wait-for.ts';

const TEMPORARY = 'Temporary-Spring-1972';
const CHOSEN = 'correct horse battery staple 42';
const LOGIN = 'tributary_reader';

let shop: MariadbServer;
let store: StoreDatabase;
let tributary: Tributary;
let folder: string;

beforeAll(async () => {
  shop = await startMariadb([
    '--log-bin=binlog',
    '--server-id=1',
    '--binlog-format=ROW',
    '--binlog-row-metadata=FULL',
  ]);
  await shop.query('CREATE DATABASE shop COLLATE utf8mb4_general_ci');
  await shop.query(
    `CREATE TABLE shop.users (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, login varbinary(40) NOT NULL, mail tinyblob,
       pw_hash varchar(255), must_change tinyint(1) NOT NULL DEFAULT 1, state enum('active','gone') DEFAULT 'active',
       updated_at timestamp(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at))`,
  );
  const hash = await bcrypt.hash(TEMPORARY, 4);
  for (const name of ['ada', 'bj\u00f6rn', 'grace'])
    await shop.query(
      `INSERT INTO shop.users (login, mail, pw_hash) VALUES ('${name}', '${name}@example.org', '${hash}')`,
    );
  store = await createStoreDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-mariadb-e2e-'));
  tributary = await startTributary({ databaseUrl: store.url, dataDirectory: folder, port: await freePort() });
});

afterAll(async () => {
  await tributary[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function apply(mode: 'poll' | 'binlog'): Promise<void> {
  const file = path.join(folder, 'shop.yaml');
  const document = {
    name: 'shop',
    connector: 'mysql',
    connection: {
      host: shop.host,
      port: shop.port,
      database: 'shop',
      user: LOGIN,
      password: '${SITE_ROLE_PASSWORD}',
      tls: 'disable',
    },
    source: { table: 'users', key: ['id'], where: "state = 'active'" },
    changes: { mode, ...(mode === 'poll' && { cursor: 'updated_at' }), full: '0 3 * * *' },
    mapping: { username: 'login', email: { column: 'mail', transform: ['trim', 'lower'] } },
    password: {
      column: 'pw_hash',
      onboarding: 'force-reset',
      writeBack: { enabled: true, set: { must_change: false } },
    },
  };
  await writeFile(file, stringify(document));
  // First: who follows a source without the rights to it looks again after five minutes.
  const grants = await tributary.run(['provider', 'grants', '-f', file]);
  for (const statement of grants.stdout.split(/;\s*$/m))
    if (statement.replaceAll(/--.*/g, '').trim() !== '') await shop.query(statement);
  expect(await tributary.run(['provider', 'apply', '--yes', '-f', file])).toMatchObject({ code: 0 });
}

const usernames = async (): Promise<readonly string[]> =>
  (await tributary.run(['profile', 'list', '--json'])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { username: string; enabled: boolean })
    .map(({ username, enabled }) => `${username} ${enabled ? 'enabled' : 'disabled'}`)
    .toSorted();

describe('a shop on MariaDB', () => {
  it('is registered with nothing but the rights that were printed, dry-run and synced', async () => {
    await shop.query(`CREATE USER ${LOGIN} IDENTIFIED BY 'role password'`);
    await apply('poll');
    expect(await tributary.run(['provider', 'test', 'shop'])).toMatchObject({ code: 0 });
    const dry = await tributary.run(['sync', 'shop', '--dry-run', '--json']);
    expect(dry.stdout.trim().split('\n')).toHaveLength(3);
    expect(await tributary.run(['sync', 'shop', '--wait'])).toMatchObject({ code: 0 });
    expect((await usernames()).map((line) => line.split(' ')[0])).toEqual(['ada', 'bj\u00f6rn', 'grace']);
  });

  it('gets the password that a person chooses, in its own format', async () => {
    const visitor = new Visitor(tributary.origin);
    await visitor.open('/sign-in');
    await visitor.submit('/sign-in', { username: 'bj\u00f6rn', password: TEMPORARY });
    expect(visitor.page.path).toBe('/password/change');
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    const row = await waitFor(async () => {
      const [found] = await shop.query(
        "SELECT pw_hash, must_change FROM shop.users WHERE login = 'bj\u00f6rn'",
      );
      return Number(found?.['must_change']) === 0 ? found : null;
    });
    await expect(bcrypt.compare(CHOSEN, String(row?.['pw_hash']))).resolves.toBe(true);
    const dry = await tributary.run(['sync', 'shop', '--dry-run', '--json']);
    expect(dry.stdout.trim()).toBe('');
  });

  const happen = async (mode: string): Promise<void> => {
    await shop.query(
      `INSERT INTO shop.users (login, mail) VALUES ('new-${mode}', 'new-${mode}@example.org')`,
    );
    await shop.query(`UPDATE shop.users SET mail = 'ada-${mode}@example.org' WHERE login = 'ada'`);
  };

  it('tells who came and who changed when it is polled', async () => {
    expect(await tributary.run(['sync', 'shop', '--full', '--wait'])).toMatchObject({ code: 0 });
    await happen('poll');
    const run = await tributary.run(['sync', 'shop', '--delta', '--wait', '--json']);
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout)).toMatchObject({
      kind: 'delta',
      state: 'done',
      counters: { created: 1, updated: 1 },
    });
  });

  it.each([
    ['left the scope', 'grace', ["UPDATE shop.users SET state = 'gone' WHERE login = 'grace'"]],
    [
      'went with a TRUNCATE that the others came back from',
      'bj\u00f6rn',
      [
        'CREATE TABLE shop.copied AS SELECT * FROM shop.users',
        'TRUNCATE shop.users',
        "INSERT INTO shop.users SELECT * FROM shop.copied WHERE login <> 'bj\u00f6rn'",
        'DROP TABLE shop.copied',
      ],
    ],
  ])('does not tell a poll who %s; a full run finds out', async (_, name, statements) => {
    for (const statement of statements) await shop.query(statement);
    const counted = async (kind: string): Promise<unknown> => {
      const run = await tributary.run(['sync', 'shop', kind, '--wait', '--json']);
      return JSON.parse(run.stdout);
    };
    expect(await counted('--delta')).toMatchObject({
      kind: 'delta',
      state: 'done',
      counters: { disabled: 0 },
    });
    expect(await usernames()).toContain(`${name} enabled`);
    expect(await counted('--full')).toMatchObject({ kind: 'full', state: 'done', counters: { disabled: 1 } });
    expect(await usernames()).toContain(`${name} disabled`);
  });

  it('tells who came and who changed by itself, through its binary log', async () => {
    await apply('binlog');
    expect(await tributary.run(['sync', 'shop', '--full', '--wait'])).toMatchObject({ code: 0 });
    await happen('binlog');
    await waitFor(async () => {
      const { stdout } = await tributary.run(['profile', 'show', 'ada']);
      return stdout.includes('ada-binlog@example.org');
    });
    expect((await usernames()).join()).toContain('new-binlog');
  });
});
