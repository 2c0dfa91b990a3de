import type { RecordPage } from '../contract/connector.ts';
import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type RecordKey } from '../contract/record.ts';
import { findBound } from './bound.ts';
import type { Run } from './pool.ts';
import type { ByteRow } from './query.ts';
import type { Reader } from './reader.ts';
import type { Select, Stretch } from './select.ts';
import { keyOf, toRecord } from './values.ts';

/** See RecordReader.page. */
export async function readPage(
  reader: Reader,
  from: { readonly after: RecordKey | null; readonly limit: number },
  signal: AbortSignal,
): Promise<RecordPage> {
  const { pool, options } = reader;
  const after = keyParts(from.after, options.source.key.length);
  return await pool.read(signal, async (run) => {
    const select = await reader.select(run);
    // One row more than asked for tells whether there is a next page, and whether it starts with a key of this one.
    const stretch = await pageStretch(run, select, { after, limit: from.limit + 1 });
    const { rows } = await run(select.page(stretch, from.limit + 1));
    refuseRepeatedKeys(rows, select);
    const records = rows.slice(0, from.limit).map((row) => toRecord(row, select, options.passwordColumn));
    const last = records.at(-1);
    return { records, next: rows.length > from.limit && last !== undefined ? last.key : null };
  });
}

/** Open at the end where an index gives the order; bounded where the rows have to be sorted. */
export async function pageStretch(
  run: Run,
  select: Select,
  { after, limit }: { readonly after: readonly string[] | null; readonly limit: number },
): Promise<Stretch> {
  if (!select.ties) return { after, upTo: null };
  const bound = await findBound(run, select, { after, place: limit - 1 });
  return { after, upTo: keyParts(bound, select.key.length) };
}

/** @throws ConnectorError `KEY_NOT_UNIQUE`: of two records with one key nobody knows which one a link means. */
export function refuseRepeatedKeys(rows: readonly ByteRow[], select: Select): void {
  let previous: RecordKey | null = null;
  for (const row of rows) {
    const key = keyOf(row, select);
    if (key === previous) throw notUnique();
    previous = key;
  }
}

export function notUnique(): ConnectorError {
  return new ConnectorError('KEY_NOT_UNIQUE', 'several records have the same key');
}

/** @throws ConnectorError `SOURCE_SCHEMA_CHANGED` when the key was made for a definition with other key columns. */
export function keyParts(key: RecordKey | null, columns: number): readonly string[] | null {
  if (key === null) return null;
  const parts = decodeKey(key, columns);
  if (parts !== null) return parts;
  throw new ConnectorError('SOURCE_SCHEMA_CHANGED', 'the key to go on from has another number of columns');
}
