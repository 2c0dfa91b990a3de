import { randomBytes } from 'node:crypto';
import type { ServerConnection } from '../../connectors/contract/definition.ts';
import { openMysql } from '../../connectors/mysql/index.ts';
import { resolveAddress } from '../../src/kernel/address.ts';
import { silentLogger } from '../support/logger.ts';
import type { MysqlServer } from '../support/mysql-server.ts';
import { freePort } from '../support/processes.ts';
import type { ConnectorFixture, Dialect } from './fixture.ts';

const REFUSED = 'SOURCE_QUERY_REFUSED';

const SHARED: Dialect = {
  text: 'longtext',
  exactText: 'varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  time: 'datetime(6)',
  repeated: (bytes) => `REPEAT('x', ${String(bytes)})`,
  failing: (column) => `EXTRACTVALUE('<a/>', ${column}) = 'a'`,
  literal: (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`,
  typed: [
    { name: 'a_varbinary', type: 'varbinary(20)', literal: "'Zo\u00eb'", text: 'Zo\u00eb' },
    { name: 'a_tinyblob', type: 'tinyblob', literal: "'$2y$10$abc'", text: '$2y$10$abc' },
    { name: 'a_binary', type: 'binary(8)', literal: "'abc '", text: 'abc ' },
    { name: 'a_char', type: 'char(8)', literal: "'abc'", text: 'abc' },
    { name: 'a_text', type: 'text', literal: "'日本 😀 '", text: '日本 😀 ' },
    {
      name: 'a_latin1',
      type: 'varchar(20) CHARACTER SET latin1',
      literal: "'Zo\u00eb €'",
      text: 'Zo\u00eb €',
    },
    {
      name: 'a_utf16',
      type: 'varchar(20) CHARACTER SET utf16',
      literal: "'Zo\u00eb 😀'",
      text: 'Zo\u00eb 😀',
    },
    {
      name: 'a_bigint',
      type: 'bigint unsigned',
      literal: '18446744073709551615',
      text: '18446744073709551615',
    },
    { name: 'a_zerofill', type: 'int(6) zerofill', literal: '42', text: '000042' },
    { name: 'a_boolean', type: 'boolean', literal: 'TRUE', text: '1' },
    {
      name: 'a_decimal',
      type: 'decimal(65,30)',
      literal: '-12345678901234567890.12345678901234567890',
      text: '-12345678901234567890.123456789012345678900000000000',
    },
    { name: 'a_float', type: 'float', literal: '16777217.5', text: '16777218' },
    { name: 'a_double', type: 'double', literal: '0.1e0 + 0.2e0', text: '0.30000000000000004' },
    { name: 'a_bit', type: 'bit(20)', literal: '5', text: '5' },
    { name: 'a_year', type: 'year', literal: '2024', text: '2024' },
    { name: 'a_date', type: 'date', literal: "'0000-00-00'", text: '0000-00-00' },
    { name: 'a_time', type: 'time(3)', literal: "'-838:59:58.125'", text: '-838:59:58.125' },
    {
      name: 'a_datetime',
      type: 'datetime(6)',
      literal: "'2024-02-29 23:59:59.123456'",
      text: '2024-02-29 23:59:59.123456',
    },
    {
      name: 'a_stamp',
      type: 'timestamp(6) NULL',
      literal: "'2024-02-29 23:59:59.123456'",
      text: '2024-02-29 23:59:59.123456',
    },
    { name: 'a_zero', type: 'datetime', literal: "'0000-00-00 00:00:00'", text: '0000-00-00 00:00:00' },
    { name: 'an_enum', type: "enum('non','tr\u00e8s ok')", literal: "'tr\u00e8s ok'", text: 'tr\u00e8s ok' },
    { name: 'a_set', type: "set('x','y','z')", literal: "'z,x'", text: 'x,z' },
    { name: 'a_null', type: 'text', literal: 'NULL', text: null },
  ],
  verify: {
    digest: (expression) => `SHA2(CONCAT('salt', ${expression}), 256)`,
    parameter: () => '?',
    functions: (table) => [
      `CREATE FUNCTION writing(who bigint, word varchar(200)) RETURNS integer MODIFIES SQL DATA
         BEGIN UPDATE ${table} SET mail = word WHERE id = who; RETURN 1; END`,
      `CREATE FUNCTION quoting(who bigint, word varchar(200)) RETURNS integer DETERMINISTIC
         BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = word; RETURN 1; END`,
    ],
    refused: (table) => [
      ['writes', 'SELECT writing(?, ?)', REFUSED],
      ['is slow', 'SELECT ? = ? OR SLEEP(30)', 'SOURCE_TIMEOUT'],
      ['answers no condition', `SELECT 'yes' FROM DUAL WHERE ? = 1 AND ? <> ''`, REFUSED],
      ['answers two columns', `SELECT ? = 1, ? <> ''`, REFUSED],
      ['answers two rows', `SELECT 1 FROM ${table} WHERE ? = 1 AND ? <> ''`, 'KEY_NOT_UNIQUE'],
      ['has a second statement', 'SELECT ? = 1 AND ? = 2; SELECT 1', REFUSED],
      ['has one parameter only', 'SELECT ? = 1', REFUSED],
      ['has three parameters', 'SELECT ? = 1 AND ? = ?', REFUSED],
      ['quotes the password', 'SELECT quoting(?, ?)', ''],
    ],
  },
  rewriteOnUpdate: (table, column) => [
    `CREATE TRIGGER rewrite_${table} BEFORE UPDATE ON ${table} FOR EACH ROW SET NEW.${column} = CONCAT(NEW.${column}, '!')`,
  ],
  refuseUpdate: (table) => [
    `CREATE TRIGGER refuse_${table} BEFORE UPDATE ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not now'`,
  ],
};

/** What only one of the two servers has, or writes in another way. */
const DIALECTS: Readonly<Record<MysqlServer['flavour'], Dialect>> = {
  mariadb: {
    ...SHARED,
    exactText: 'varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin',
    typed: [
      ...SHARED.typed,
      { name: 'a_json', type: 'json', literal: `'{"b": 1,  "a":2}'`, text: '{"b": 1,  "a":2}' },
      {
        name: 'a_uuid',
        type: 'uuid',
        literal: "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
        text: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      },
      { name: 'an_address', type: 'inet6', literal: "'2001:db8::1'", text: '2001:db8::1' },
    ],
  },
  mysql: {
    ...SHARED,
    exactText: 'varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin',
    typed: [
      ...SHARED.typed,
      // Not kept as it was written: names in the order of their length, one blank behind each sign.
      {
        name: 'a_json',
        type: 'json',
        literal: `'{"bb": 1.50,  "a":"Zo\u00eb 😀", "c": null, "a": [true,2e3]}'`,
        text: '{"a": [true, 2000.0], "c": null, "bb": 1.5}',
      },
    ],
  },
};

/** The fixture with what only servers have. */
export type MysqlFixture = ConnectorFixture &
  Required<Pick<ConnectorFixture, 'closedPort' | 'createLogin' | 'openSession'>> & {
    readonly connection: ServerConnection;
  };

/** How the database and the sessions that others open on the server are set up. */
export interface Setup {
  readonly collation: string;
  readonly sqlMode: string;
}

/** A database of its own; the server is the caller's, and one suite at a time owns its global settings. */
export async function openMysqlFixture(server: MysqlServer, setup: Setup): Promise<MysqlFixture> {
  const database = `source_${randomBytes(4).toString('hex')}`;
  await server.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE ${setup.collation}`);
  await server.query(`SET GLOBAL sql_mode = '${setup.sqlMode}'`);
  const client = await server.connect(database);
  await client.query(`SET SESSION sql_mode = '', time_zone = '+00:00'`);
  const users: string[] = [];
  return {
    open: openMysql,
    tools: {
      logger: silentLogger,
      resolve: (host, signal) => resolveAddress(host, { allowLoopback: true, allowPrivate: true }, signal),
      locate: (file) => Promise.resolve(file),
    },
    dialect: DIALECTS[server.flavour],
    connection: { host: server.host, port: server.port, database, user: server.user, tls: 'disable' },
    password: server.password,
    closedPort: await freePort(),
    execute: async (sql) => {
      const [rows] = await client.query(sql);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    },
    openSession: async () => {
      const session = await server.connect(database);
      await session.query(`SET SESSION sql_mode = '', time_zone = '+00:00'`);
      // Under REPEATABLE READ two writers lock what lies between their rows, and wait for each other.
      await session.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      return {
        execute: async (sql) => {
          await session.query(sql);
        },
        [Symbol.asyncDispose]: async () => await session.end(),
      };
    },
    createLogin: async (password = randomBytes(12).toString('hex')) => {
      const user = `o'login "${randomBytes(4).toString('hex')}"`;
      await client.query(`CREATE USER ? IDENTIFIED BY ?`, [user, password]);
      users.push(user);
      return { user, password };
    },
    [Symbol.asyncDispose]: async () => {
      for (const user of users) await client.query('DROP USER ?', [user]);
      await client.query(`DROP DATABASE ${database}`);
      await client.end();
    },
  };
}
