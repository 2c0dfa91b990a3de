import { randomBytes } from 'node:crypto';
import type { FileOptions } from '../contract/connector.ts';
import type { Source } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import { affinityOf, type Affinity } from './affinity.ts';
import { parseTableName, quote } from './identifiers.ts';
import type { Session } from './pool.ts';
import { findRelation } from './relation.ts';
import type { Encoding } from './text.ts';

/** What the file says about the columns that a definition names. */
export interface Shape {
  /** What a column makes of values; `none` for those of a query, which nobody declared. */
  readonly affinity: (name: string) => Affinity;
  readonly encoding: Encoding;
}

/**
 * Functions and tables of SQLite that reach beyond the file. Views and triggers of
 * the file cannot call them; a definition could. There is one way to write a name
 * in SQL, so that looking for it finds every use.
 */
const FORBIDDEN =
  /readfile|writefile|fsdir|lsmode|load_extension|sqlite_dbpage|sqlite_stmt|sqlite_log|sqlite_crypt|sqlite3mc|fts3_tokenizer|sha3_query|carray/i;

/** The FROM item that records are read from, called `r`, and the common table that it needs; none for a table. */
export function sourceItem(source: Source): { readonly common: readonly string[]; readonly from: string } {
  if (source.table !== undefined) return { common: [], from: `${quote(parseTableName(source.table))} AS r` };
  // On lines of its own: a comment may end the query.
  return { common: [`r AS (\n${trimQuery(source.query ?? '')}\n)`], from: 'r' };
}

/** `WITH` and the common tables; empty when there are none. */
export function withCommon(common: readonly string[]): string {
  return common.length === 0 ? '' : `WITH ${common.join(', ')} `;
}

/** Every column the definition names, each once: key, read, password, written along, cursor. */
export function namedColumns(options: FileOptions): readonly string[] {
  const password = options.passwordColumn === null ? [] : [options.passwordColumn];
  const also = Object.keys(options.writeBack?.also ?? {});
  const cursor = options.changes.mode === 'poll' ? [options.changes.cursor ?? []].flat() : [];
  return [...new Set([...options.source.key, ...options.columns, ...password, ...also, ...cursor])];
}

/**
 * Asks the file for the columns; reads no row. Asked in every transaction: the
 * application may have changed its tables since the last one.
 *
 * @throws ConnectorError `SOURCE_SCHEMA_CHANGED`, or `SOURCE_QUERY_REFUSED` for a query or a condition.
 */
export async function readShape(session: Session, options: FileOptions): Promise<Shape> {
  const { source } = options;
  const types = await readTypes(session, source);
  const missing = namedColumns(options).filter((name) => !types.has(name));
  if (missing.length > 0)
    throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `there is no column ${missing.join(', ')}`);
  await proveCondition(session, source);
  return { affinity: (name) => types.get(name) ?? 'none', encoding: session.encoding };
}

/** Every column the source has. */
export async function readTypes(session: Session, source: Source): Promise<ReadonlyMap<string, Affinity>> {
  if (source.table === undefined) {
    const names = await queryColumns(session, source);
    return new Map(names.map((name) => [name, 'none']));
  }
  const relation = await findRelation(session, source.table);
  if (relation === null)
    throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `there is no table or view ${source.table}`);
  const affinity = (type: string): Affinity => (relation.view ? 'none' : affinityOf(type));
  return new Map([...relation.columns].map(([name, { type }]) => [name, affinity(type)]));
}

/**
 * The names of a query's columns, in their order.
 *
 * @throws ConnectorError `SOURCE_QUERY_REFUSED` unless the query is one statement that only reads.
 */
export async function queryColumns(session: Session, source: Source): Promise<readonly string[]> {
  const { common } = sourceItem(source);
  await proveWhole(session, { text: source.query ?? '', common });
  return await session.columns(`${withCommon(common)}SELECT * FROM r`);
}

/** @throws ConnectorError `SOURCE_QUERY_REFUSED` unless the condition is one. */
export async function proveCondition(session: Session, source: Source): Promise<void> {
  if (source.where === undefined) return;
  const { common, from } = sourceItem(source);
  const scoped = `scoped AS (SELECT 1 FROM ${from} WHERE (\n${source.where}\n))`;
  await proveWhole(session, { text: source.where, common: [...common, scoped] });
}

/** @throws ConnectorError `SOURCE_QUERY_REFUSED` unless a query with parameters is one statement that only reads. */
export async function proveQuery(session: Session, query: string): Promise<void> {
  await proveWhole(session, { text: query, common: [`asked AS (\n${query}\n)`] });
}

/**
 * The library takes the first statement of a text and drops the rest without a
 * word. A name that nobody can guess, at the end, tells whether all of it was
 * taken for one. Between parentheses there is only what reads.
 */
async function proveWhole(
  session: Session,
  { text, common }: { readonly text: string; readonly common: readonly string[] },
): Promise<void> {
  const found = FORBIDDEN.exec(text);
  if (found !== null)
    throw new ConnectorError(
      'SOURCE_QUERY_REFUSED',
      `${found[0]} reaches beyond the file and may not be used`,
    );
  const end = randomBytes(12).toString('hex');
  const names = await session.columns(`${withCommon(common)}SELECT 1 AS "${end}"`);
  if (names.length !== 1 || names[0] !== end)
    throw new ConnectorError('SOURCE_QUERY_REFUSED', 'it is not one statement');
}

function trimQuery(query: string): string {
  return query.replace(/[\s;]+$/, '');
}
