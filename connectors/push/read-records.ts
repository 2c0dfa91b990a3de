import type { RecordKey, SourceRecord } from '../contract/record.ts';
import type { Reader } from './reader.ts';
import { toRecord } from './values.ts';

export async function readRecords(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const pushed = await reader.inbox.get([...new Set(keys)], signal);
  return pushed.map((record) => toRecord(record, reader));
}
