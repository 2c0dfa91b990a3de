import type { Buckets } from '../contract/digest.ts';
import { bucketOf } from '../contract/digest.ts';
import type { Fingerprint, RecordKey } from '../contract/record.ts';
import { readPage } from './read-page.ts';
import type { Reader } from './reader.ts';

/** SQLite has no digests: the records travel, from a process on this machine. */
const PAGE = 1_000;

/** See RecordReader.fingerprints. */
export async function* readFingerprints(
  reader: Reader,
  signal: AbortSignal,
  only?: Buckets & { readonly wanted: ReadonlySet<number> },
): AsyncIterable<readonly [RecordKey, Fingerprint]> {
  let after: RecordKey | null = null;
  do {
    const page = await readPage(reader, { after, limit: PAGE }, signal);
    for (const { key, fingerprint } of page.records)
      if (only === undefined || only.wanted.has(bucketOf(key, only.buckets))) yield [key, fingerprint];
    after = page.next;
  } while (after !== null);
}
