import { ConnectorError } from '../contract/errors.ts';

/** A table as a definition names it; `schema` is null for the database of the connection. */
export interface TableName {
  readonly schema: string | null;
  readonly table: string;
}

/** @returns the name as the server reads it literally, whatever it holds and whatever the sql_mode. */
export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/**
 * @returns the bytes as a literal. In hexadecimal there is nothing to escape, so
 *   that neither NO_BACKSLASH_ESCAPES nor a character set of several bytes can open it.
 */
export function quoteBytes(bytes: Buffer): string {
  return `x'${bytes.toString('hex')}'`;
}

/** @returns the text as a literal in utf8mb4. */
export function quoteText(text: string): string {
  return `_utf8mb4 ${quoteBytes(Buffer.from(text))}`;
}

/** @returns the text as people write a literal, for SQL that they run themselves in the default sql_mode. */
export function printText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

const PART = /`(?:[^`]|``)+`|[^`.]+/y;

/**
 * Reads `database.table` or `table`. Names are taken as they stand. A part in
 * backticks may hold dots.
 *
 * @throws ConnectorError `SOURCE_SCHEMA_CHANGED` when the text is no such name.
 */
export function parseTableName(text: string): TableName {
  const parts: string[] = [];
  let at = 0;
  do {
    if (parts.length > 0) at += 1;
    PART.lastIndex = at;
    const part = PART.exec(text)?.[0];
    if (part === undefined || parts.length === 2) throw notAName(text);
    parts.push(part.startsWith('`') ? part.slice(1, -1).replaceAll('``', '`') : part);
    at += part.length;
  } while (text.charAt(at) === '.');
  const [first, second] = parts;
  if (at !== text.length || first === undefined) throw notAName(text);
  return second === undefined ? { schema: null, table: first } : { schema: first, table: second };
}

/** The reverse of {@link parseTableName}, for people: quoted only where it must be. */
export function printTableName(name: TableName): string {
  const parts = name.schema === null ? [name.table] : [name.schema, name.table];
  return parts.map((part) => (/[`.]/.test(part) ? quote(part) : part)).join('.');
}

/** @returns the name as SQL. */
export function quoteTable(name: TableName): string {
  return name.schema === null ? quote(name.table) : `${quote(name.schema)}.${quote(name.table)}`;
}

function notAName(text: string): ConnectorError {
  return new ConnectorError('SOURCE_SCHEMA_CHANGED', `${text} does not name a table: write database.table`);
}
