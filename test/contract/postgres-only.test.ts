import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Finding } from '../../connectors/contract/connector.ts';
import { addDigests, digestOf } from '../../connectors/contract/digest.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { connectorKinds, loadConnector } from '../../connectors/index.ts';
import {
  key,
  keysOf,
  makeTable,
  never,
  openOn,
  readAll,
  serverOf,
  type ConnectorFixture,
} from './fixture.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

const warnings = (findings: readonly Finding[]): string[] =>
  findings.filter(({ severity }) => severity === 'warning').map(({ step, code }) => `${step} ${code}`);

describe('what only PostgreSQL has', () => {
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    fixture = await openPostgresFixture();
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });
  const people = async (): Promise<string> =>
    await makeTable(fixture, 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(200)', [
      "(1,'a','old')",
      "(2,'b','old')",
    ]);

  it('is loaded on demand', async () => {
    expect(Object.keys(connectorKinds).toSorted()).toEqual(['mysql', 'postgres', 'push', 'sqlite']);
    await expect(loadConnector('postgres')).resolves.toBe(fixture.open);
  });

  it('warns of a superuser, of rights to insert and delete, and of triggers', async () => {
    const table = await people();
    for (const statement of fixture.dialect.rewriteOnUpdate(table, 'mail')) await fixture.execute(statement);
    await using connector = openOn(fixture, table);
    const findings = await connector.check(never);
    expect(warnings(findings).filter((code) => code === 'rights RIGHTS_BEYOND_NEED')).toHaveLength(2);
    expect(warnings(findings)).toContain('write-back TRIGGER_MAY_REWRITE');
  });

  it('warns when row security may hide records', async () => {
    const table = await people();
    const login = await serverOf(fixture).createLogin();
    const role = pg.escapeIdentifier(login.user);
    await fixture.execute(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
    await fixture.execute(`CREATE POLICY part ON ${table} USING (id = 1)`);
    await fixture.execute(`GRANT SELECT, UPDATE ON ${table} TO ${role}`);
    await using connector = openOn(fixture, table, {
      connection: { user: login.user },
      password: login.password,
    });
    expect(warnings(await connector.check(never))).toContain('rights ROWS_MAY_BE_HIDDEN');
    expect(keysOf(await readAll(connector, 10))).toEqual(['1']);
    const hidden = { key: key('2'), expected: new Secret('old'), replacement: new Secret('new') };
    await expect(connector.passwords?.replace(hidden, never)).resolves.toEqual({ outcome: 'missing' });
  });

  it('writes through a view that can be updated, and refuses one that cannot', async () => {
    const table = await people();
    await fixture.execute(`CREATE VIEW one_${table} AS SELECT id, mail, pw FROM ${table}`);
    await fixture.execute(`CREATE VIEW two_${table} AS SELECT DISTINCT id, mail, pw FROM ${table}`);
    const change = { key: key('1'), expected: new Secret('old'), replacement: new Secret('new') };
    await using simple = openOn(fixture, `one_${table}`);
    await expect(simple.passwords?.replace(change, never)).resolves.toMatchObject({ outcome: 'written' });
    await using distinct = openOn(fixture, `two_${table}`);
    const again = { ...change, expected: new Secret('new'), replacement: new Secret('newer') };
    await expect(distinct.passwords?.replace(again, never)).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    const findings = await distinct.check(never);
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'VIEW_NOT_UPDATABLE' }),
    );
  });

  it('finds tables and columns of any name', async () => {
    await fixture.execute('CREATE SCHEMA "My.App"');
    await fixture.execute(
      `CREATE TABLE "My.App"."the ""users""" ("Id" uuid PRIMARY KEY, "e-mail" text, "pass""word" text)`,
    );
    await fixture.execute(
      `INSERT INTO "My.App"."the ""users""" VALUES ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'm', 'old')`,
    );
    const name = '"My.App"."the ""users"""';
    await using connector = openOn(fixture, name, {
      source: { table: name, key: ['Id'] },
      columns: ['e-mail'],
      passwordColumn: 'pass"word',
    });
    const id = key('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
    expect(keysOf(await readAll(connector, 1))).toEqual([id]);
    const change = { key: id, expected: new Secret('old'), replacement: new Secret('new') };
    await expect(connector.passwords?.replace(change, never)).resolves.toMatchObject({ outcome: 'written' });
    expect((await connector.check(never)).filter(({ severity }) => severity === 'error')).toEqual([]);
    const { tables } = await connector.discover(never);
    expect(tables.map((table) => table.name)).toContain(name);
  });

  it('reads past a lock that the application holds, and does not wait for one for long to write', async () => {
    const table = await people();
    const client = new pg.Client({ ...fixture.connection, password: fixture.password });
    await client.connect();
    try {
      await client.query(`BEGIN; UPDATE ${table} SET mail = 'locked'`);
      await using connector = openOn(fixture, table);
      expect((await readAll(connector, 10)).map(({ values }) => values['mail'])).toEqual(['a', 'b']);
      const change = { key: key('1'), expected: new Secret('old'), replacement: new Secret('new') };
      await expect(connector.passwords?.replace(change, never)).rejects.toMatchObject({
        code: 'SOURCE_BUSY',
      });
    } finally {
      await client.end();
    }
  });

  it('gives up on a server that accepts and never answers', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      await using connector = openOn(fixture, 'people', { connection: { port } });
      await expect(connector.records.count(never)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    } finally {
      mute.close();
    }
  });

  it('digests here what a server with another encoding cannot', async () => {
    const database = `latin_${randomBytes(4).toString('hex')}`;
    await fixture.execute(
      `CREATE DATABASE ${database} TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'`,
    );
    const client = new pg.Client({ ...fixture.connection, database, password: fixture.password });
    try {
      await client.connect();
      await client.query('CREATE TABLE people (id bigint PRIMARY KEY, mail text, pw text)');
      await client.query(`INSERT INTO people SELECT n, 'mäil-' || n, NULL FROM generate_series(1, 700) AS n`);
      await using connector = openOn(fixture, 'people', { connection: { database } });
      const first = await connector.records.digest?.({ after: null, limit: 600, buckets: 1 }, never);
      const records = await readAll(connector, 1_000);
      const xor = (from: number, to: number): string =>
        records
          .slice(from, to)
          .map(({ key: k, fingerprint }) => ({ bucket: 0, records: 1, xor: digestOf(k, fingerprint) }))
          .reduce(addDigests).xor;
      expect(first).toEqual({ digests: [{ bucket: 0, records: 600, xor: xor(0, 600) }], next: '600' });
      const rest = await connector.records.digest?.({ after: key('600'), limit: 600, buckets: 1 }, never);
      expect(rest).toEqual({ digests: [{ bucket: 0, records: 100, xor: xor(600, 700) }], next: null });
    } finally {
      await client.end();
      await fixture.execute(`DROP DATABASE ${database} WITH (FORCE)`);
    }
  });

  it('reads the same text whatever the login is set to', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, at timestamptz, raw bytea, pw text', [
      "(1, '2024-03-01 12:00:00.5+00', 'A', 'h')",
    ]);
    const login = await serverOf(fixture).createLogin();
    const role = pg.escapeIdentifier(login.user);
    await fixture.execute(`GRANT SELECT ON ${table} TO ${role}`);
    for (const setting of ["TimeZone = 'Asia/Tokyo'", "DateStyle = 'German'", "bytea_output = 'escape'"])
      await fixture.execute(`ALTER ROLE ${role} SET ${setting}`);
    await using connector = openOn(fixture, table, {
      connection: { user: login.user },
      password: login.password,
      columns: ['at', 'raw'],
      writeBack: null,
    });
    const [record] = await readAll(connector, 1);
    expect(record?.values).toEqual({ at: '2024-03-01 12:00:00.5+00', raw: String.raw`\x41` });
  });
});
