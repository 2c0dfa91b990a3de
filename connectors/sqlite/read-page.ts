import type { RecordPage } from '../contract/connector.ts';
import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type RecordKey } from '../contract/record.ts';
import { quote } from './identifiers.ts';
import type { Row, Session } from './pool.ts';
import { findRows, notUnique } from './read-records.ts';
import type { Reader } from './reader.ts';
import type { Key, Select } from './select.ts';
import { sourceItem, withCommon } from './shape.ts';
import { isDoubtful, keyOf, keyValues, toRecord } from './values.ts';

/** See RecordReader.page. */
export async function readPage(
  reader: Reader,
  from: { readonly after: RecordKey | null; readonly limit: number },
  signal: AbortSignal,
): Promise<RecordPage> {
  const { pool, options } = reader;
  const parts = keyParts(from.after, options.source.key.length);
  return await pool.read(signal, async (session) => {
    const select = await reader.select(session);
    const after = parts === null ? null : await positionOf(reader, { session, select, parts });
    // One row more than asked for tells whether there is a next page, and whether it starts with a key of this one.
    const { sql, params } = select.page(after, from.limit + 1);
    const { rows } = await session.run(sql, params);
    await refuseRepeatedKeys(session, select, rows);
    const records = rows.slice(0, from.limit).map((row) => toRecord(row, select, options.passwordColumn));
    const last = records.at(-1);
    if (last?.key === from.after) throw stuck();
    return { records, next: rows.length > from.limit && last !== undefined ? last.key : null };
  });
}

/** @throws ConnectorError `KEY_NOT_UNIQUE`: of two records with one key nobody knows which one a link means. */
export async function refuseRepeatedKeys(
  session: Session,
  select: Select,
  rows: readonly Row[],
): Promise<void> {
  let previous: RecordKey | null = null;
  for (const row of rows) {
    const key = keyOf(row, select);
    if (key === previous) throw notUnique();
    previous = key;
  }
  const doubtful = rows.filter((row) => isDoubtful(row, select)).map((row) => keyOf(row, select));
  if (doubtful.length > 0) await findRows(session, select, new Set(doubtful));
}

/** A key that cannot be handed to SQLite the way it is stored: half a character in a file of UTF-16. */
function stuck(): ConnectorError {
  return new ConnectorError('SOURCE_FAILED', 'a key holds text that SQLite cannot find again');
}

/** @throws ConnectorError `SOURCE_SCHEMA_CHANGED` when the key was made for a definition with other key columns. */
export function keyParts(key: RecordKey | null, columns: number): readonly string[] | null {
  if (key === null) return null;
  const parts = decodeKey(key, columns);
  if (parts !== null) return parts;
  throw new ConnectorError('SOURCE_SCHEMA_CHANGED', 'the key to go on from has another number of columns');
}

interface Position {
  readonly session: Session;
  readonly select: Select;
  readonly parts: readonly string[];
}

/**
 * The value behind a key's text: that of the record, wherever it is now. Where it
 * is gone, the least that the column may hold: reading a record again does no
 * harm, leaving one out would.
 */
async function positionOf(reader: Reader, { session, select, parts }: Position): Promise<Key> {
  const keys = select.keysOf(parts);
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  const { sql, params } = select.byKeys(keys, true);
  const { rows } = await session.run(sql, params);
  if (rows.length > 1) throw notUnique();
  if (rows[0] !== undefined) return keyValues(rows[0], select);
  const least = await leastKinds(reader, session, select);
  const fitting = keys.find((key) => key.every(({ kind }, at) => RANK[kind] >= (least[at] ?? 0)));
  return fitting ?? keys.at(-1) ?? [];
}

/** The order in which SQLite sorts values of different kinds. */
const RANK = { integer: 0, real: 0, text: 1, blob: 2 };

async function leastKinds(reader: Reader, session: Session, select: Select): Promise<readonly number[]> {
  const { common, from } = sourceItem(reader.options.source);
  const ranks: number[] = [];
  for (const name of select.key) {
    const column = `r.${quote(name)}`;
    const { rows } = await session.run(
      `${withCommon(common)}SELECT typeof(${column}) FROM ${from} WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT 1`,
    );
    ranks.push(RANK[String(rows[0]?.[0] ?? 'integer') as keyof typeof RANK]);
  }
  return ranks;
}
