import { openSqlite } from '../../connectors/sqlite/index.ts';
import { locateFile } from '../../src/kernel/locate-file.ts';
import { silentLogger } from '../support/logger.ts';
import { createSqliteFile } from '../support/sqlite-file.ts';
import { openSqliteSession } from '../support/sqlite-session.ts';
import type { ConnectorFixture, Dialect } from './fixture.ts';

const REFUSED = 'SOURCE_QUERY_REFUSED';

const dialect: Dialect = {
  text: 'text',
  exactText: 'varchar(50)',
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  time: 'datetime',
  anyWidth: true,
  looseKeys: true,
  failing: (column) => `json_extract(${column}, '$') = 1`,
  repeated: (bytes) =>
    `substr(replace(hex(zeroblob(${String(Math.ceil(bytes / 2))})), '0', 'x'), 1, ${String(bytes)})`,
  typed: [
    { name: 'a_blob', type: 'blob', literal: `x'c3a46162'`, text: 'äab' },
    { name: 'a_bigint', type: 'integer', literal: '9223372036854775807', text: '9223372036854775807' },
    { name: 'a_least', type: 'integer', literal: '-9223372036854775808', text: '-9223372036854775808' },
    { name: 'a_number_in_text', type: 'text', literal: '42', text: '42' },
    { name: 'a_text_in_number', type: 'integer', literal: `'abc'`, text: 'abc' },
    { name: 'a_code', type: 'text', literal: `'00420'`, text: '00420' },
    { name: 'a_text_anywhere', type: '', literal: `'007'`, text: '007' },
    { name: 'a_number_anywhere', type: '', literal: '7', text: '7' },
    { name: 'a_real', type: 'real', literal: '0.1 + 0.2', text: '0.30000000000000004' },
    { name: 'a_whole_real', type: 'real', literal: '5', text: '5.0' },
    { name: 'a_large_real', type: 'real', literal: '1e300', text: '1e+300' },
    { name: 'an_infinity', type: 'real', literal: '9e999', text: 'Infinity' },
    { name: 'a_decimal', type: 'decimal(20,2)', literal: '12.50', text: '12.5' },
    { name: 'a_boolean', type: 'boolean', literal: 'true', text: '1' },
    {
      name: 'a_time',
      type: 'datetime',
      literal: `'2024-02-29 23:59:59.123456'`,
      text: '2024-02-29 23:59:59.123456',
    },
    { name: 'a_json', type: 'json', literal: `'{"b": 1,  "a":2}'`, text: '{"b": 1,  "a":2}' },
    { name: 'a_null', type: 'text', literal: 'NULL', text: null },
  ],
  verify: {
    digest: (expression) => `lower(hex(sha3('salt' || ${expression}, 256)))`,
    parameter: (place) => `?${String(place)}`,
    functions: () => [],
    refused: (table) => [
      ['writes', `UPDATE ${table} SET mail = ?2 WHERE id = ?1 RETURNING 1`, REFUSED],
      [
        'is slow',
        'WITH RECURSIVE n (x) AS (SELECT ?1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) = ?2 FROM n',
        'SOURCE_TIMEOUT',
      ],
      ['answers no condition', `SELECT 'yes' WHERE ?1 = 1 AND ?2 <> ''`, REFUSED],
      ['answers two columns', `SELECT ?1 = 1, ?2 <> ''`, REFUSED],
      ['answers two rows', `SELECT 1 FROM ${table} WHERE ?1 = 1 AND ?2 <> ''`, 'KEY_NOT_UNIQUE'],
      ['has a second statement', 'SELECT ?1 = 1 AND ?2 = 2; SELECT 1', REFUSED],
      ['ends what stands around it', 'SELECT ?1 = ?2) UNION ALL SELECT 1 -- (', REFUSED],
      ['reaches beyond the file', `SELECT ?1 = 1 AND readfile(?2) = ''`, REFUSED],
    ],
  },
  rewriteOnUpdate: (table, column) => [
    `CREATE TRIGGER rewrite_${table} AFTER UPDATE ON ${table}
       BEGIN UPDATE ${table} SET ${column} = NEW.${column} || '!' WHERE id = NEW.id; END`,
  ],
  refuseUpdate: (table) => [
    `CREATE TRIGGER refuse_${table} BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'not now'); END`,
  ],
};

/** A file of its own. */
export async function openSqliteFixture(): Promise<ConnectorFixture> {
  const source = await createSqliteFile();
  const session = openSqliteSession(source.path);
  return {
    open: openSqlite,
    tools: {
      logger: silentLogger,
      resolve: (host) => Promise.resolve(host),
      locate: (file, signal) =>
        locateFile(file, { folders: [source.folder], dataDirectory: '/nowhere' }, signal),
    },
    dialect,
    connection: { file: source.path },
    password: '',
    execute: (sql) => session.execute(sql),
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
    },
  };
}
