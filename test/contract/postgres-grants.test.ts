import { randomBytes } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Connector, Finding } from '../../connectors/contract/connector.ts';
import type { ServerConnection } from '../../connectors/contract/definition.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { waitFor } from '../support/wait-for.ts';
import { key, never, openOn, serverOf, type ConnectorFixture, type Opening } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { describePostgres } from './postgres-versions.ts';

type Combination = Pick<Opening, 'changes' | 'writeBack' | 'verifyQuery' | 'passwordColumn'> & {
  readonly where?: string;
};

const WRITES: Combination = { writeBack: { also: { must_change: false, changed: 'now' } } };
const COMBINATIONS: readonly (readonly [string, Combination])[] = [
  ['nothing but reading', { writeBack: null, where: "tenant = 'acme'" }],
  ['write-back', WRITES],
  ['poll', { writeBack: null, changes: { mode: 'poll' } }],
  ['poll by a cursor, write-back', { ...WRITES, changes: { mode: 'poll', cursor: 'changed' } }],
  ['listen, write-back', { ...WRITES, changes: { mode: 'listen' } }],
  ['replication, write-back', { ...WRITES, changes: { mode: 'replication' } }],
  [
    'passwords that the provider checks',
    { writeBack: null, passwordColumn: null, verifyQuery: 'SELECT checks.is_password($1::bigint, $2)' },
  ],
];

/** A server has no limit on its log here, and no TLS: neither is a matter of rights. */
const ASIDE = new Set(['SLOT_UNBOUNDED', 'TLS_NOT_VERIFIED']);

/** The statements of a script, one at a time; a function's body holds semicolons. */
function statementsOf(script: string): readonly string[] {
  return (script.replaceAll(/^--.*$/gm, '').match(/(?:\$tributary\$[^]*?\$tributary\$|[^;])+;/g) ?? []).map(
    (statement) => statement.trim(),
  );
}

type Reversal = (parts: readonly string[]) => readonly string[];

/** What was given, and what takes it away again, one right at a time; the first that fits. */
const REVERSALS: readonly (readonly [RegExp, Reversal])[] = [
  [
    /^GRANT (SELECT|UPDATE) \((.*)\) ON (.*) TO (.*);$/s,
    ([right, columns = '', table, role]) =>
      columns.split(', ').map((column) => `REVOKE ${right} (${column}) ON ${table} FROM ${role}`),
  ],
  [/^GRANT (.*) TO (.*);$/s, ([rights, role]) => [`REVOKE ${rights} FROM ${role}`]],
  [/^CREATE TRIGGER (\S+) .*? ON (\S+)/s, ([trigger, table]) => [`DROP TRIGGER ${trigger} ON ${table}`]],
  [/CREATE PUBLICATION ("[^"]+")/, ([publication]) => [`DROP PUBLICATION ${publication}`]],
  // Triggers fall with their function.
  [/^CREATE OR REPLACE FUNCTION (\S+\(\))/, ([made]) => [`DROP FUNCTION ${made} CASCADE`]],
  [/^(.*) REPLICATION;$/, ([role]) => [`${role} NOREPLICATION`]],
];

function reversals(statement: string): readonly string[] {
  for (const [pattern, reverse] of REVERSALS) {
    const [, ...parts] = pattern.exec(statement) ?? [];
    if (parts.length > 0) return reverse(parts);
  }
  throw new Error(`nobody knows what takes this back: ${statement}`);
}

describePostgres('the rights that are printed', (fixtureOf) => {
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    fixture = fixtureOf();
    const { database } = fixture.connection as ServerConnection;
    // As databases are set up where people care: nobody may anything unless it is granted.
    for (const statement of [
      `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
      'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      'CREATE SCHEMA app',
      'CREATE SCHEMA checks',
      'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
      `CREATE FUNCTION checks.is_password(who bigint, password text) RETURNS boolean STABLE SECURITY DEFINER
         LANGUAGE sql AS $$ SELECT who = 1 AND password = 'right' $$`,
    ])
      await fixture.execute(statement);
  });

  async function setUp(combination: Combination, source?: Opening['source']) {
    const { where, ...opening } = combination;
    const table = `app.people_${randomBytes(4).toString('hex')}`;
    await fixture.execute(
      `CREATE TABLE ${table} (id bigint PRIMARY KEY, mail text, pw text, tenant text, must_change boolean, changed timestamptz NOT NULL, private text)`,
    );
    await fixture.execute(`CREATE INDEX ON ${table} (changed)`);
    await fixture.execute(`INSERT INTO ${table} VALUES (1, 'a', 'old', 'acme', true, now(), 'p')`);
    const login = await serverOf(fixture).createLogin();
    const open = (): Connector =>
      openOn(fixture, table, {
        source: source ?? { table, key: ['id'], ...(where !== undefined && { where }) },
        ...opening,
        name: table.replaceAll(/[^a-z0-9]/g, '-'),
        connection: { user: login.user },
        password: login.password,
      });
    await using printing = open();
    return { table, open, role: pg.escapeIdentifier(login.user), script: printing.grants() };
  }

  const problems = (findings: readonly Finding[]): readonly string[] =>
    findings.filter(({ severity, code }) => severity !== 'ok' && !ASIDE.has(code)).map(({ code }) => code);

  let hashes = 0;
  /** Everything that a provider is for, on connections of its own; and what the check says of it. */
  async function failuresOf(open: () => Connector): Promise<readonly string[]> {
    await using connector = open();
    hashes += 1;
    const [replacement, checked] = [new Secret(`new ${String(hashes)}`), new Secret('right')];
    const attempts: Record<string, () => Promise<unknown>> = {
      read: () => connector.records.page(null, 10, never),
      count: () => connector.records.count(never),
      digest: async () => await connector.records.digest?.({ after: null, limit: 10, buckets: 1 }, never),
      head: async () => await connector.changes?.head(never),
      write: async () => {
        const [record] = await connector.records.get([key('1')], never);
        const change = { key: key('1'), expected: record?.passwordHash ?? null, replacement };
        await connector.passwords?.replace(change, never);
      },
      verify: async () => await connector.verifier?.verify(key('1'), checked, never),
    };
    const failures: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      const code = await attempt().then(
        () => '',
        (error: unknown) => (error as { code?: string }).code ?? 'without a code',
      );
      if (code !== '') failures.push(`${name} ${code}`);
    }
    for (const code of problems(await connector.check(never))) failures.push(`check ${code}`);
    return failures;
  }

  /** A slot is made anew each time, so that its right is asked for. */
  async function dropSlots(): Promise<void> {
    await waitFor(async () => {
      await fixture.execute(
        'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active',
      );
      const left = await fixture.execute(
        'SELECT 1 FROM pg_replication_slots WHERE database = current_database()',
      );
      return left.length === 0;
    });
  }

  it.each(COMBINATIONS)(
    'suffice for %s, and each of them is needed',
    async (_, combination) => {
      const { table, open, script } = await setUp(combination);
      const statements = statementsOf(script);
      for (const statement of statements) await fixture.execute(statement);
      expect(await failuresOf(open)).toEqual([]);
      if (combination.changes !== undefined) {
        await using connector = open();
        const follower = await Follower.start(connector);
        await fixture.execute(`UPDATE ${table} SET mail = 'heard', changed = now()`);
        const heard = (): boolean => follower.records.get('1')?.values['mail'] === 'heard';
        if (feedOf(connector).delivery === 'stream') await follower.follow(connector, heard);
        else await follower.poll(connector);
        expect(heard()).toBe(true);
      }
      for (const statement of statements)
        for (const reversal of reversals(statement)) {
          await dropSlots();
          await fixture.execute(reversal);
          const failures = await failuresOf(open);
          const told = { reversal, operations: failures.filter((one) => !one.startsWith('check')) };
          // Without xmin a poll by a cursor goes on, and may miss what is committed late: the check says so.
          const lame = reversal.includes('xmin') && combination.changes?.cursor !== undefined;
          expect({ ...told, failed: told.operations.length > 0 }).toEqual({ ...told, failed: !lame });
          expect({ reversal, checked: failures.some((one) => one.startsWith('check')) }).toEqual({
            reversal,
            checked: true,
          });
          for (const again of reversal.startsWith('DROP FUNCTION') ? statements : [statement])
            await fixture.execute(again.replace(/^CREATE TRIGGER/, 'CREATE OR REPLACE TRIGGER'));
        }
      await dropSlots();
      expect(await failuresOf(open)).toEqual([]);
      await dropSlots();
    },
    120_000,
  );

  it.each([
    ['none', undefined],
    ['poll', { mode: 'poll', cursor: 'changed' } as const],
  ])('leave to the author of a query what it reads, with changes by %s', async (_, changes) => {
    const view = `app.of_people_${randomBytes(4).toString('hex')}`;
    await fixture.execute(
      `CREATE VIEW ${view} AS SELECT 1::bigint AS id, 'a' AS mail, 'h' AS pw, now() AS changed`,
    );
    const source = { query: `SELECT * FROM ${view}`, key: ['id'] };
    const { open, role, script } = await setUp({ writeBack: null, ...(changes && { changes }) }, source);
    const statements = statementsOf(script);
    expect(statements).toHaveLength(1);
    expect(script).toContain('-- For every schema and table that the query reads');
    for (const statement of statements) await fixture.execute(statement);
    expect(await failuresOf(open)).not.toEqual([]);
    await fixture.execute(`GRANT USAGE ON SCHEMA app TO ${role}`);
    await fixture.execute(`GRANT SELECT (id, mail, pw, changed) ON ${view} TO ${role}`);
    expect(await failuresOf(open)).toEqual([]);
    for (const statement of statements)
      for (const reversal of reversals(statement)) await fixture.execute(reversal);
    expect(await failuresOf(open)).not.toEqual([]);
  });

  it('leave to the author of a query that checks passwords what it reads, unless it is a plain call', async () => {
    const script = async (verifyQuery: string): Promise<string> =>
      (await setUp({ writeBack: null, passwordColumn: null, verifyQuery })).script;
    expect(await script('SELECT pw = crypt($2, pw) FROM app.people WHERE id = $1')).toContain(
      '--   GRANT EXECUTE ON FUNCTION … TO',
    );
    expect(await script('select "Checks"."is it"($1::bigint, $2);')).toContain(
      'GRANT USAGE ON SCHEMA "Checks" TO',
    );
    expect(await script('SELECT app.check_it($1, $2)')).not.toContain('SCHEMA app');
    const refused = await setUp({
      writeBack: null,
      passwordColumn: null,
      verifyQuery: 'SELECT 1 WHERE $1::text <> $2',
    });
    for (const statement of statementsOf(refused.script)) await fixture.execute(statement);
    expect(await failuresOf(refused.open)).toContain('check SOURCE_QUERY_REFUSED');
  });
});
