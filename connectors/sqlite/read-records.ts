import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type RecordKey, type SourceRecord } from '../contract/record.ts';
import type { Row, Session } from './pool.ts';
import type { Reader } from './reader.ts';
import type { Key, Select } from './select.ts';
import { keyOf, toRecord } from './values.ts';

/** Parameters of one statement, of the 32,766 that SQLite takes. */
const MAX_PARAMETERS = 6_000;

/** See RecordReader.get. */
export async function readRecords(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const wanted = new Set(keys);
  if (wanted.size === 0) return [];
  return await reader.pool.read(signal, async (session) => {
    const select = await reader.select(session);
    const found = await findRows(session, select, wanted);
    return [...found.values()].map((row) => toRecord(row, select, reader.options.passwordColumn));
  });
}

/** The rows in scope with these keys. @throws ConnectorError `KEY_NOT_UNIQUE` */
export async function findRows(
  session: Session,
  select: Select,
  wanted: ReadonlySet<RecordKey>,
): Promise<ReadonlyMap<RecordKey, Row>> {
  const found = new Map<RecordKey, Row>();
  for (const keys of batches(select, wanted)) {
    const { sql, params } = select.byKeys(keys);
    const { rows } = await session.run(sql, params);
    for (const row of rows) {
      const key = keyOf(row, select);
      // A number in another spelling ("1" and "01"): a key is compared byte for byte.
      if (!wanted.has(key)) continue;
      if (found.has(key)) throw notUnique();
      found.set(key, row);
    }
  }
  return found;
}

export function notUnique(): ConnectorError {
  return new ConnectorError('KEY_NOT_UNIQUE', 'several records have the same key');
}

function* batches(select: Select, wanted: ReadonlySet<RecordKey>): Iterable<readonly Key[]> {
  const most = Math.floor(MAX_PARAMETERS / select.key.length);
  let batch: Key[] = [];
  for (const key of wanted) {
    const parts = decodeKey(key, select.key.length);
    if (parts !== null) batch.push(...select.keysOf(parts));
    if (batch.length < most) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
