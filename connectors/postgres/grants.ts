import type { ServerOptions } from '../contract/connector.ts';
import { writtenColumns } from '../contract/writable.ts';
import { setupSql } from './changes/setup.ts';
import { columnsInCondition } from './condition.ts';
import { parseTableName, quote, quoteTable } from './identifiers.ts';
import { namedColumns } from './shape.ts';
import { verifyGrants } from './verify-grants.ts';

/** See Connector.grants. */
export function printGrants(options: ServerOptions): string {
  const { connection, source } = options;
  const role = quote(connection.user);
  const lines = [
    `-- The login, unless it exists: CREATE ROLE ${role} LOGIN PASSWORD '…';`,
    `GRANT CONNECT ON DATABASE ${quote(connection.database)} TO ${role};`,
    ...(source.table === undefined ? queryGrants(role) : tableGrants(options, role, source.table)),
    ...verifyGrants(options, role),
    ...(source.table === undefined ? [] : setup(options)),
  ];
  return `${lines.join('\n')}\n`;
}

function tableGrants(options: ServerOptions, role: string, name: string): readonly string[] {
  const parsed = parseTableName(name);
  const named = { schema: parsed.schema ?? 'public', table: parsed.table };
  const table = quoteTable(named);
  const condition = columnsInCondition(options.source.where ?? '');
  const read = [...new Set([...namedColumns(options), ...(condition ?? [])])];
  return [
    `GRANT USAGE ON SCHEMA ${quote(named.schema)} TO ${role};`,
    `GRANT SELECT (${read.map(quote).join(', ')}) ON ${table} TO ${role};`,
    ...(['poll', 'listen'].includes(options.changes.mode) ? stampGrants(role, table) : []),
    ...(condition === null ? ['-- And SELECT on whatever else the condition `where` reads.'] : []),
    ...writeGrants(options, role, table),
    ...replicationGrants(options, role),
  ];
}

/** Reading the log is a right on the whole server: there is no smaller one. */
function replicationGrants({ changes }: ServerOptions, role: string): readonly string[] {
  return changes.mode === 'replication' ? [`ALTER ROLE ${role} REPLICATION;`] : [];
}

function setup(options: ServerOptions): readonly string[] {
  const statements = setupSql(options);
  return statements.length === 0
    ? []
    : ['-- What tells of changes; as the owner of the table, in the same database.', ...statements];
}

/** Alone on its line: a view has no such column, and everything else must be granted all the same. */
function stampGrants(role: string, table: string): readonly string[] {
  return [
    '-- Which transaction wrote a row. Leave this line out for a view: it is polled by its cursor alone.',
    `GRANT SELECT (xmin) ON ${table} TO ${role};`,
  ];
}

function writeGrants(options: ServerOptions, role: string, table: string): readonly string[] {
  const columns = writtenColumns(options);
  return columns.length === 0
    ? []
    : [`GRANT UPDATE (${columns.map(quote).join(', ')}) ON ${table} TO ${role};`];
}

/** What a query reads only its author knows; nothing can be written through it. */
function queryGrants(role: string): readonly string[] {
  return [
    `-- For every schema and table that the query reads, with the columns it names:`,
    `--   GRANT USAGE ON SCHEMA … TO ${role};`,
    `--   GRANT SELECT (…) ON … TO ${role};`,
  ];
}
