import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPostgres } from '../../connectors/postgres/index.ts';
import { resolveAddress } from '../../src/kernel/address.ts';
import { createSourceDatabase } from '../support/databases.ts';
import { silentLogger } from '../support/logger.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { freePort } from '../support/processes.ts';
import type { ConnectorFixture, Dialect } from './fixture.ts';

const REFUSED = 'SOURCE_QUERY_REFUSED';

const dialect: Dialect = {
  text: 'text',
  exactText: 'varchar(50)',
  time: 'timestamptz',
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  failing: (column) => `CAST(${column} AS decimal) = 1`,
  repeated: (bytes) => `repeat('x', ${String(bytes)})`,
  typed: [
    { name: 'a_bytea', type: 'bytea', literal: String.raw`'\x00ff41'`, text: String.raw`\x00ff41` },
    { name: 'a_bigint', type: 'bigint', literal: '9223372036854775807', text: '9223372036854775807' },
    {
      name: 'a_numeric',
      type: 'numeric',
      literal: '12345678901234567890.12345678901234567890',
      text: '12345678901234567890.12345678901234567890',
    },
    { name: 'a_float', type: 'double precision', literal: '0.1::float8 + 0.2', text: '0.30000000000000004' },
    {
      name: 'a_time',
      type: 'timestamptz',
      literal: "'2024-02-29 23:59:59.123456+05:30'",
      text: '2024-02-29 18:29:59.123456+00',
    },
    { name: 'a_date', type: 'date', literal: "'0044-03-15 BC'", text: '0044-03-15 BC' },
    { name: 'a_json', type: 'json', literal: `'{"b": 1,  "a":2}'`, text: '{"b": 1,  "a":2}' },
    { name: 'a_jsonb', type: 'jsonb', literal: `'{"b": 1,  "a":2}'`, text: '{"a": 2, "b": 1}' },
    { name: 'an_array', type: 'text[]', literal: `ARRAY['a,b', 'c"d', NULL]`, text: `{"a,b","c\\"d",NULL}` },
    { name: 'an_enum', type: 'mood', literal: `'très ok'`, text: 'très ok' },
    { name: 'a_boolean', type: 'boolean', literal: 'true', text: 'true' },
    {
      name: 'a_uuid',
      type: 'uuid',
      literal: `'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'`,
      text: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    },
    { name: 'an_address', type: 'inet', literal: `'2001:db8::1/64'`, text: '2001:db8::1/64' },
    { name: 'an_interval', type: 'interval', literal: `'1 month 2 days'`, text: 'P1M2D' },
    { name: 'a_composite', type: 'pair', literal: 'ROW(NULL, NULL)', text: '(,)' },
    { name: 'a_domain', type: 'shout', literal: `'HEY'`, text: 'HEY' },
    { name: 'a_null', type: 'text', literal: 'NULL', text: null },
  ],
  verify: {
    digest: (expression) => `encode(sha256(convert_to('salt' || ${expression}, 'UTF8')), 'hex')`,
    parameter: (place) => `$${String(place)}`,
    functions: () => [
      `CREATE FUNCTION quoting(who bigint, password text) RETURNS boolean LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'refused: %', password USING ERRCODE = '42501', DETAIL = password; END $$`,
    ],
    refused: (table) => [
      [
        'writes',
        `WITH w AS (UPDATE ${table} SET mail = 'x' WHERE id = $1 RETURNING 1) SELECT $2 <> ''`,
        REFUSED,
      ],
      ['is slow', 'SELECT $1::text = $2 OR pg_sleep(30) IS NULL', 'SOURCE_TIMEOUT'],
      ['answers no boolean', `SELECT 't'::text WHERE $1::bigint = 1 AND $2::text <> ''`, REFUSED],
      ['answers two columns', `SELECT true, $1::bigint = 1 AND $2::text <> ''`, REFUSED],
      [
        'answers two rows',
        `SELECT true FROM ${table} WHERE $1::bigint = 1 AND $2::text <> ''`,
        'KEY_NOT_UNIQUE',
      ],
      ['has a second statement', 'SELECT $1::bigint = 1 AND $2 = $2; SELECT true', REFUSED],
      ['quotes the password', 'SELECT quoting($1, $2)', 'SOURCE_PERMISSION_DENIED'],
      ['casts the password', 'SELECT $1::bigint = 1 AND $2::int = 1', ''],
    ],
  },
  rewriteOnUpdate: (table, column) => [
    `CREATE FUNCTION rewrite_${table}() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN NEW.${column} := NEW.${column} || '!'; RETURN NEW; END $$`,
    `CREATE TRIGGER rewrite BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION rewrite_${table}()`,
  ],
  refuseUpdate: (table) => [
    `CREATE FUNCTION refuse_${table}() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'not now'; END $$`,
    `CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_${table}()`,
  ],
};

/** A database of its own on the server of this jest run, or on the one given. */
export async function openPostgresFixture(server?: PostgresServer): Promise<ConnectorFixture> {
  const source = await createSourceDatabase(
    `CREATE TYPE mood AS ENUM ('très ok'); CREATE TYPE pair AS (a int, b int);
     CREATE DOMAIN shout AS varchar(9) CHECK (VALUE = upper(VALUE))`,
    server,
  );
  const roles: string[] = [];
  return {
    open: openPostgres,
    tools: {
      logger: silentLogger,
      resolve: (host, signal) => resolveAddress(host, { allowLoopback: true, allowPrivate: true }, signal),
      locate: (file) => Promise.resolve(file),
    },
    dialect,
    connection: {
      host: source.host,
      port: source.port,
      database: source.database,
      user: source.user,
      tls: 'disable',
    },
    password: source.password,
    closedPort: await freePort(),
    execute: async (sql) => await source.query(sql),
    openSession: async () => {
      const client = new pg.Client({ connectionString: source.url });
      client.on('error', () => undefined);
      await client.connect();
      return {
        execute: async (sql) => {
          await client.query(sql);
        },
        [Symbol.asyncDispose]: () => client.end(),
      };
    },
    closed: [
      `REVOKE CONNECT ON DATABASE ${source.database} FROM PUBLIC`,
      'REVOKE USAGE ON SCHEMA public FROM PUBLIC',
    ],
    opened: [
      `GRANT CONNECT ON DATABASE ${source.database} TO PUBLIC`,
      'GRANT USAGE ON SCHEMA public TO PUBLIC',
    ],
    createLogin: async (password = randomBytes(12).toString('hex')) => {
      const user = `role "${randomBytes(4).toString('hex')}"`;
      const quoted = dialect.literal(password);
      await source.query(`CREATE ROLE "${user.replaceAll('"', '""')}" LOGIN PASSWORD ${quoted}`);
      roles.push(user);
      return { user, password };
    },
    [Symbol.asyncDispose]: async () => {
      for (const role of roles) {
        const name = `"${role.replaceAll('"', '""')}"`;
        await source.query(`DROP OWNED BY ${name}`);
        await source.query(`DROP ROLE ${name}`);
      }
      await source[Symbol.asyncDispose]();
    },
  };
}
