import type { ServerOptions } from '../contract/connector.ts';
import { writtenColumns } from '../contract/writable.ts';
import { columnsInCondition } from './condition.ts';
import { parseTableName, printText, quote, quoteTable } from './identifiers.ts';
import { namedColumns } from './shape.ts';

/** See Connector.grants. */
export function printGrants(options: ServerOptions): string {
  const { connection, source } = options;
  const user = printUser(connection.user);
  const lines = [
    `-- The login, unless it exists; in place of % better the address of this installation:`,
    `-- CREATE USER ${user} IDENTIFIED BY '…'${connection.tls === 'disable' ? '' : ' REQUIRE SSL'};`,
    ...(source.table === undefined ? queryGrants(user) : tableGrants(options, user, source.table)),
    ...binlogGrants(options, user),
  ];
  return `${lines.join('\n')}\n`;
}

export function printUser(user: string): string {
  return `${printText(user)}@'%'`;
}

function tableGrants(options: ServerOptions, user: string, name: string): readonly string[] {
  const parsed = parseTableName(name);
  const table = quoteTable({ schema: parsed.schema ?? options.connection.database, table: parsed.table });
  const condition = columnsInCondition(options.source.where ?? '');
  const read = distinct([...namedColumns(options), ...(condition ?? [])]);
  return [
    `GRANT SELECT (${read.map(quote).join(', ')}) ON ${table} TO ${user};`,
    ...(condition === null ? ['-- And SELECT on whatever else the condition `where` reads.'] : []),
    ...writeGrants(options, user, table),
  ];
}

function writeGrants(options: ServerOptions, user: string, table: string): readonly string[] {
  const columns = writtenColumns(options);
  return columns.length === 0
    ? []
    : [`GRANT UPDATE (${columns.map(quote).join(', ')}) ON ${table} TO ${user};`];
}

/** What a query reads only its author knows; nothing can be written through it. */
function queryGrants(user: string): readonly string[] {
  return [
    `-- For every table that the query reads, with the columns it names:`,
    `--   GRANT SELECT (…) ON … TO ${user};`,
  ];
}

/** There is no smaller right: whoever reads the binary log reads that of every database of the server. */
function binlogGrants({ changes }: ServerOptions, user: string): readonly string[] {
  if (changes.mode !== 'binlog') return [];
  return [`GRANT REPLICATION SLAVE ON *.* TO ${user};`];
}

/** Names of columns are the same in any case. */
function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].toReversed();
}
