import type { ServerOptions } from '../contract/connector.ts';
import { ConnectorError } from '../contract/errors.ts';
import { quote, parseTableName, quoteTable } from './identifiers.ts';
import type { Answer, Run } from './pool.ts';

/** How the server declares one column of the source. */
export interface ColumnShape {
  readonly name: string;
  /** The type without its length, as SQL: `bigint`, `character varying`, `app.status`. */
  readonly type: string;
  /** The type with its length, as SQL: `character varying(60)`. */
  readonly fullType: string;
  /** The most characters it can hold; null when unlimited. */
  readonly capacity: number | null;
  /** Whether a value may be larger than what we take. */
  readonly unbounded: boolean;
}

/** What the server says about the columns that a definition names. */
export interface Shape {
  readonly column: (name: string) => ColumnShape;
  /** Whether the server counts text in the bytes that fingerprints count. */
  readonly utf8: boolean;
}

/** OIDs of the built-in types that carry a length, which never change. */
const BPCHAR = 1042;
const VARCHAR = 1043;
const NAME = 19;
/** The modifier of a character type is its length and four. */
const HEADER = 4;
const NAME_LENGTH = 63;
const VARIABLE = -1;
/** No shorter varchar can exceed 1 MiB, at four bytes a character. */
const BOUNDED_CHARACTERS = 262_144;

/** The FROM item that records are read from, called `r`. */
export function sourceItem(source: ServerOptions['source']): string {
  if (source.table !== undefined) return `${quoteTable(parseTableName(source.table))} AS r`;
  // On lines of its own: a comment may end the query.
  return `(\n${trimQuery(source.query ?? '')}\n) AS r`;
}

/** Every column the definition names, each once: key, read, password, written along, the cursor polled by. */
export function namedColumns(options: ServerOptions): readonly string[] {
  const password = options.passwordColumn === null ? [] : [options.passwordColumn];
  const also = Object.keys(options.writeBack?.also ?? {});
  return [
    ...new Set([...options.source.key, ...options.columns, ...password, ...also, ...cursorOf(options)]),
  ];
}

/** The column that a poll goes by; none when it goes by nothing but xmin. */
export function cursorOf({ changes }: ServerOptions): readonly string[] {
  const polled = changes.mode === 'poll' || changes.mode === 'listen';
  return polled && changes.cursor !== undefined ? [changes.cursor] : [];
}

/** Asks the server for the columns' types; reads no row. */
export async function readShape(run: Run, options: ServerOptions): Promise<Shape> {
  const names = namedColumns(options);
  const list = names.map((name) => `r.${quote(name)}`).join(', ');
  const { fields } = await run(`SELECT ${list} FROM ${sourceItem(options.source)} LIMIT 0`, []);
  const types = await readTypes(run, fields);
  const columns = new Map<string, ColumnShape>();
  for (const [at, field] of fields.entries()) {
    const capacity = capacityOf(field.dataTypeID, field.dataTypeModifier);
    columns.set(field.name, {
      name: field.name,
      type: types[at]?.type ?? 'text',
      fullType: types[at]?.fullType ?? 'text',
      capacity,
      unbounded: field.dataTypeSize === VARIABLE && (capacity === null || capacity > BOUNDED_CHARACTERS),
    });
  }
  const unread = await readUnread(run, options);
  if (unread !== null) columns.set(unread.name, unread);
  return { column: (name) => find(columns, name), utf8: types[0]?.encoding === 'UTF8' };
}

interface NamedType extends Pick<ColumnShape, 'type' | 'fullType'> {
  /** The server's own, the same for every column. */
  readonly encoding: string;
}

/** The types of an answer's columns, as SQL, in their order. */
export async function readTypes(run: Run, fields: Answer['fields']): Promise<readonly NamedType[]> {
  const { rows } = await run(
    `SELECT format_type(t.oid, -1), format_type(t.oid, t.modifier), current_setting('server_encoding')
       FROM unnest($1::text::oid[], $2::text::int[]) WITH ORDINALITY AS t (oid, modifier, place) ORDER BY place`,
    [`{${fields.map((f) => f.dataTypeID).join()}}`, `{${fields.map((f) => f.dataTypeModifier).join()}}`],
  );
  return rows.map(([type, fullType, encoding]) => ({
    type: type ?? 'text',
    fullType: fullType ?? 'text',
    encoding: encoding ?? '',
  }));
}

/** A column that may be written and not read: the catalogue tells its type to everybody. */
async function readUnread(
  run: Run,
  { writeBack, source }: Pick<ServerOptions, 'writeBack' | 'source'>,
): Promise<ColumnShape | null> {
  const name = writeBack?.unread?.column;
  if (name === undefined || source.table === undefined) return null;
  const { rows } = await run(
    `SELECT format_type(atttypid, -1), format_type(atttypid, atttypmod), atttypid::text, atttypmod::text
       FROM pg_attribute WHERE attrelid = $1::text::regclass AND attname = $2 AND attnum > 0 AND NOT attisdropped`,
    [quoteTable(parseTableName(source.table)), name],
  );
  const [type, fullType, oid, modifier] = rows[0] ?? [];
  if (type === undefined) throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `there is no column ${name}`);
  const capacity = capacityOf(Number(oid), Number(modifier));
  return { name, type: type ?? 'text', fullType: fullType ?? 'text', capacity, unbounded: false };
}

function find(columns: ReadonlyMap<string, ColumnShape>, name: string): ColumnShape {
  const column = columns.get(name);
  if (column === undefined) throw new Error(`the column ${name} was not asked for`);
  return column;
}

function capacityOf(type: number, modifier: number): number | null {
  if (type === NAME) return NAME_LENGTH;
  return (type === VARCHAR || type === BPCHAR) && modifier > HEADER ? modifier - HEADER : null;
}

function trimQuery(query: string): string {
  return query.replace(/[\s;]+$/, '');
}
