import type { RecordPage } from '../contract/connector.ts';
import type { RecordKey } from '../contract/record.ts';
import type { Reader } from './reader.ts';
import { toRecord } from './values.ts';

/** One page in the order of the keys' bytes. */
export async function readPage(
  reader: Reader,
  { after, limit }: { readonly after: RecordKey | null; readonly limit: number },
  signal: AbortSignal,
): Promise<RecordPage> {
  // One more than asked for tells whether there is another page.
  const pushed = await reader.inbox.page(after, limit + 1, signal);
  const records = pushed.slice(0, limit).map((record) => toRecord(record, reader));
  return { records, next: pushed.length > limit ? (records.at(-1)?.key ?? null) : null };
}
