import type { FieldPacket } from 'mysql2';
import type { ServerOptions } from '../contract/connector.ts';
import { parseTableName, quote, quoteTable, quoteText } from './identifiers.ts';
import type { Run } from './pool.ts';
import { textRows } from './query.ts';

/**
 * How a column's values become text, and how they are compared:
 *
 * - `integer`, `decimal`, `double`, `bits`: as numbers, written without quotes
 * - `time`: dates and times, zero dates included
 * - `text`: characters of some character set, under some collation
 * - `list`: enum and set, which the server orders by number and compares as text
 * - `bytes`, `fixed`: bytes that may hold text; `fixed` is filled up with zero bytes
 */
export type ColumnKind =
  'integer' | 'decimal' | 'float' | 'double' | 'bits' | 'time' | 'text' | 'list' | 'bytes' | 'fixed';

/** How the server declares one column of the source. */
export interface ColumnShape {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Of text and lists; empty for others. */
  readonly charset: string;
  readonly collation: string;
  /** Whether a value may be larger than what we take. */
  readonly unbounded: boolean;
  /** Digits after the point, of decimals and times. */
  readonly decimals: number;
  /** Whether a `time` is an instant: TIMESTAMP, which the server converts to the session's zone. */
  readonly timestamp: boolean;
  /** Bytes of a `fixed` column, and the digits a number is filled up to with zeros (0: it is not). */
  readonly width: number;
}

/** What the server says about the columns that a definition names. */
export interface Shape {
  readonly column: (name: string) => ColumnShape;
  /** Whether a unique index sees to it that no key is repeated, under the key's own collation. */
  readonly keyEnforced: boolean;
}

/** Column types of the protocol. */
const INTEGERS = new Set([1, 2, 3, 8, 9, 13]); // the last one is YEAR
const DECIMALS = new Set([0, 246]);
const FLOAT = 4;
const DOUBLE = 5;
const BIT = 16;
const TIMES = new Set([7, 10, 11, 12]);
const JSON_TYPE = 245;
const STRING = 254;
/** Character set "binary", and flags of a column. */
const BINARY = 63;
const ENUM_FLAG = 256;
const SET_FLAG = 2048;
const ZEROFILL_FLAG = 64;
/** The same limit as VALUE_LIMIT in `select.ts`, in bytes. */
const BOUNDED_BYTES = 1_048_576;

/** The FROM item that records are read from, called `r`. */
export function sourceItem(source: ServerOptions['source']): string {
  if (source.table !== undefined) return `${quoteTable(parseTableName(source.table))} AS r`;
  // On lines of its own: a comment may end the query.
  return `(\n${trimQuery(source.query ?? '')}\n) AS r`;
}

/** Every column the definition names, each once: key, read, password, written along, cursor. */
export function namedColumns(options: ServerOptions): readonly string[] {
  const password = options.passwordColumn === null ? [] : [options.passwordColumn];
  const also = Object.keys(options.writeBack?.also ?? {});
  const { mode, cursor } = options.changes;
  const poll = mode === 'poll' && cursor !== undefined ? [cursor] : [];
  return [...new Set([...options.source.key, ...options.columns, ...password, ...also, ...poll])];
}

/** Asks the server for the columns' types; reads no row. */
export async function readShape(run: Run, options: ServerOptions): Promise<Shape> {
  const names = namedColumns(options);
  const from = sourceItem(options.source);
  const list = names.map((name) => `r.${quote(name)}`).join(', ');
  const { fields } = await run(`SELECT ${list} FROM ${from} LIMIT 0`);
  // A join that finds nothing still has columns, and they a collation.
  const collations = names.map((name) => `COLLATION(r.${quote(name)}), CHARSET(r.${quote(name)})`).join(', ');
  const [row] = textRows(await run(`SELECT ${collations} FROM (SELECT 1) AS one LEFT JOIN ${from} ON 1 = 0`));
  const columns = new Map<string, ColumnShape>();
  for (const [at, name] of names.entries()) {
    const field = fields[at];
    if (field === undefined) continue;
    const [collation, charset] = [row?.[2 * at] ?? '', row?.[2 * at + 1] ?? ''];
    columns.set(name, shapeOf(name, field, { collation, charset }));
  }
  return { column: (name) => find(columns, name), keyEnforced: await isKeyEnforced(run, options) };
}

/**
 * Indexes that see to it that no two rows have the same values, each as its
 * columns, none of which may be NULL; the primary key first.
 */
export async function uniqueIndexes(run: Run, table: string): Promise<readonly (readonly string[])[]> {
  const relation = parseTableName(table);
  const schema = relation.schema === null ? 'DATABASE()' : quoteText(relation.schema);
  const found = new Map<string, string[]>();
  const rows = textRows(
    await run(
      `SELECT INDEX_NAME, COLUMN_NAME, NULLABLE FROM information_schema.STATISTICS
        WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${quoteText(relation.table)} AND NON_UNIQUE = 0
        ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX`,
    ),
  );
  const open = new Set<string>();
  for (const [index, column, nullable] of rows) {
    const name = index ?? '';
    found.set(name, [...(found.get(name) ?? []), column ?? '']);
    if (nullable === 'YES') open.add(name);
  }
  return [...found].filter(([name]) => !open.has(name)).map(([, columns]) => columns);
}

async function isKeyEnforced(run: Run, options: ServerOptions): Promise<boolean> {
  const { table, key } = options.source;
  if (table === undefined) return false;
  const indexes = await uniqueIndexes(run, table);
  // Names of columns are the same in any case.
  const names = new Set(key.map((name) => name.toLowerCase()));
  return indexes.some((columns) => columns.every((name) => names.has(name.toLowerCase())));
}

function shapeOf(
  name: string,
  field: FieldPacket,
  text: { readonly collation: string; readonly charset: string },
): ColumnShape {
  const flags = Number(field.flags);
  const length = field.columnLength ?? 0;
  const kind = kindOf(field, flags, text.charset);
  const filled = kind === 'integer' && (flags & ZEROFILL_FLAG) !== 0 && field.columnType !== 13;
  return {
    name,
    kind,
    ...(kind === 'text' || kind === 'list' ? text : { charset: '', collation: '' }),
    unbounded: length > BOUNDED_BYTES,
    decimals: field.decimals,
    timestamp: field.columnType === 7,
    width: kind === 'fixed' || filled ? length : 0,
  };
}

function kindOf(field: FieldPacket, flags: number, charset: string): ColumnKind {
  const type = field.columnType ?? STRING;
  if (INTEGERS.has(type)) return 'integer';
  if (DECIMALS.has(type)) return 'decimal';
  if (TIMES.has(type)) return 'time';
  const single: Readonly<Record<number, ColumnKind>> = {
    [FLOAT]: 'float',
    [DOUBLE]: 'double',
    [BIT]: 'bits',
  };
  const known = single[type];
  if (known !== undefined) return known;
  if ((flags & (ENUM_FLAG | SET_FLAG)) !== 0) return 'list';
  if (type === JSON_TYPE) return 'list';
  const binary = charset === 'binary' && (field as { characterSet?: number }).characterSet === BINARY;
  if (binary) return type === STRING ? 'fixed' : 'bytes';
  return 'text';
}

function find(columns: ReadonlyMap<string, ColumnShape>, name: string): ColumnShape {
  const column = columns.get(name);
  if (column === undefined) throw new Error(`the column ${name} was not asked for`);
  return column;
}

function trimQuery(query: string): string {
  return query.replace(/[\s;]+$/, '');
}
