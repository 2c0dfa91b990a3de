import { ConnectorError } from '../../contract/errors.ts';
import { parseTableName, quoteText } from '../identifiers.ts';
import { keyColumn, type KeyColumn } from '../key-column.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
import type { Reader } from '../reader.ts';
import type { Standing } from './position.ts';

const NUMBERS = new Set(['integer', 'decimal']);
/** No time zone is further ahead: DATETIME holds the time of one that we do not know. */
const ZONES = 14;

/** @throws ConnectorError `CHANGES_UNAVAILABLE` when the column has no order that grows. */
export async function readCursor(reader: Reader, run: Run, name: string): Promise<KeyColumn> {
  const cursor = keyColumn((await reader.shape(run)).column(name));
  if (isDated(cursor) || NUMBERS.has(cursor.shape.kind)) return cursor;
  throw new ConnectorError('CHANGES_UNAVAILABLE', `${name} is neither a time nor a number`);
}

/** Whether minutes can be taken off the cursor. */
export function isDated({ shape }: KeyColumn): boolean {
  return shape.kind === 'time';
}

/** Where the source stands, in one transaction: one moment. */
export async function readStanding(reader: Reader, run: Run, cursor: KeyColumn): Promise<Standing> {
  const { from } = await reader.select(run);
  const history = await readHistory(reader, run);
  const greatest = `(SELECT ${cursor.bytes} FROM ${from} WHERE ${cursor.term} IS NOT NULL ORDER BY ${cursor.term} DESC LIMIT 1)`;
  const [row] = textRows(
    await run(`SELECT FLOOR(UNIX_TIMESTAMP()), ${greatest}, CAST(${latest(cursor)} AS CHAR)`),
  );
  const [at, found, now] = row ?? [];
  const text = found ?? null;
  return { history, at: Number(at), cursor: text, floor: floorOf(text, now ?? null) };
}

/** The latest time that a record may be dated to without being dated into the future. */
function latest(cursor: KeyColumn): string {
  if (!isDated(cursor)) return 'NULL';
  return cursor.shape.timestamp ? 'NOW(6)' : `NOW(6) + INTERVAL ${String(ZONES)} HOUR`;
}

/** Times as the servers write them are in the order of their text. A zero date is before all of them. */
function floorOf(cursor: string | null, now: string | null): string | null {
  if (cursor === null || now === null) return cursor;
  if (cursor.startsWith('0000-')) return null;
  return cursor < now ? cursor : now;
}

/** ALTER, a restored dump and a renamed copy all give the table another date; in MySQL TRUNCATE too. */
async function readHistory(reader: Reader, run: Run): Promise<string> {
  const { table } = reader.options.source;
  if (table === undefined) return '';
  const name = parseTableName(table);
  const schema = name.schema === null ? 'DATABASE()' : quoteText(name.schema);
  const [row] = textRows(
    await run(
      `SELECT CREATE_TIME FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${quoteText(name.table)} AND TABLE_TYPE NOT LIKE '%VIEW'`,
    ),
  );
  return row?.[0] ?? '';
}
