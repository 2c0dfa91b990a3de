import { inspect } from 'node:util';
import { beforeAll, expect, it } from '@jest/globals';
import type { PasswordVerifier } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { key, makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { describePostgres } from './postgres-versions.ts';

const PASSWORD = "it's $1; \\ DROP -- \u00e5";

describePostgres('a PostgreSQL database that checks passwords itself', (fixtureOf) => {
  let fixture: ConnectorFixture;
  let table: string;
  beforeAll(async () => {
    fixture = fixtureOf();
    table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text', [
      "(1,'a',NULL)",
      "(2,'b',NULL)",
    ]);
    await fixture.execute(
      `UPDATE ${table} SET pw = encode(sha256(convert_to('salt' || E'it''s $1; \\\\ DROP -- \\u00e5', 'UTF8')), 'hex') WHERE id = 1`,
    );
    await fixture.execute(
      `CREATE FUNCTION check_password(who bigint, password text) RETURNS boolean STABLE LANGUAGE sql AS
         $$ SELECT pw = encode(sha256(convert_to('salt' || password, 'UTF8')), 'hex') FROM ${table} WHERE id = who $$`,
    );
    await fixture.execute(
      `CREATE FUNCTION quoting(who bigint, password text) RETURNS boolean LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'refused: %', password USING ERRCODE = '42501', DETAIL = password; END $$`,
    );
  });

  async function asking<T>(query: string, work: (verifier: PasswordVerifier) => Promise<T>): Promise<T> {
    await using connector = openOn(fixture, table, {
      passwordColumn: null,
      writeBack: null,
      verifyQuery: query,
    });
    return await work(connector.verifier!);
  }
  const ask = async (query: string, id = '1', password = PASSWORD): Promise<boolean> =>
    await asking(query, async (verifier) => await verifier.verify(key(id), new Secret(password), never));

  it('cannot be asked unless the definition says how', async () => {
    await using connector = openOn(fixture, table);
    expect(connector.verifier).toBeUndefined();
  });

  it('says yes to the right password of the right record only, exact to the character', async () => {
    const query = 'SELECT check_password($1, $2)';
    expect(await ask(query)).toBe(true);
    for (const [id, password] of [
      ['1', `${PASSWORD} `],
      ['1', ''],
      ['1', `${PASSWORD}\0`],
      ['1', PASSWORD.normalize('NFD')],
      ['2', PASSWORD],
      ['3', PASSWORD],
    ] as const)
      expect(await ask(query, id, password)).toBe(false);
    expect(await ask(`SELECT true FROM ${table} WHERE id = $1 AND $2 <> ''`, '3')).toBe(false);
  });

  it.each([
    [
      'writes',
      () => `WITH w AS (UPDATE ${table} SET mail = $2 WHERE id = $1 RETURNING 1) SELECT true`,
      'SOURCE_QUERY_REFUSED',
    ],
    ['takes too long', () => 'SELECT $1::text = $2 OR pg_sleep(30) IS NULL', 'SOURCE_TIMEOUT'],
    [
      'answers no boolean',
      () => `SELECT 't'::text WHERE $1::bigint = 1 AND $2::text <> ''`,
      'SOURCE_QUERY_REFUSED',
    ],
    ['answers two columns', () => `SELECT true, $1::bigint = 1 AND $2::text <> ''`, 'SOURCE_QUERY_REFUSED'],
    [
      'answers two rows',
      () => `SELECT true FROM ${table} WHERE $1::bigint = 1 AND $2::text <> ''`,
      'KEY_NOT_UNIQUE',
    ],
    ['has a second statement', () => 'SELECT check_password($1, $2); SELECT true', 'SOURCE_QUERY_REFUSED'],
    ['quotes the password', () => 'SELECT quoting($1, $2)', 'SOURCE_PERMISSION_DENIED'],
    ['casts the password', () => 'SELECT check_password($1, $2) AND $2::int = 1', ''],
  ])('fails without a word of the password when the query %s', async (_, query, code) => {
    const error: unknown = await ask(query()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ConnectorError', ...(code !== '' && { code }) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/DROP|it's/);
  });
});
