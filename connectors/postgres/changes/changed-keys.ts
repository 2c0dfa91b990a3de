import type { Change } from '../../contract/change.ts';
import { encodeKey, type RecordKey } from '../../contract/record.ts';
import { readRecords } from '../read-records.ts';
import type { Reader } from '../reader.ts';

/**
 * What became of these keys: the records as they are now, and a delete for each
 * that is not there or not in scope. Reading again keeps values that the log
 * leaves out, and passwords, off the way.
 */
export async function changesOf(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly Change[]> {
  if (keys.length === 0) return [];
  const records = new Map((await readRecords(reader, keys, signal)).map((record) => [record.key, record]));
  return [...new Set(keys)].map((key): Change => {
    const record = records.get(key);
    return record === undefined ? { kind: 'delete', key } : { kind: 'upsert', record };
  });
}

/** Keys as the server printed them elsewhere, as records have them. */
export async function canonicalKeys(
  reader: Reader,
  printed: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly RecordKey[]> {
  if (printed.length === 0) return [];
  return await reader.pool.read(signal, async (run) => {
    const { sql, params } = (await reader.select(run)).canonicalKeys(printed);
    const { rows } = await run(sql, params);
    return rows.map((row) => encodeKey(row.map((part) => part ?? '')));
  });
}
