import { bucketOf, type Buckets } from '../contract/digest.ts';
import type { Fingerprint, RecordKey } from '../contract/record.ts';
import { readPage } from './read-page.ts';
import type { Reader } from './reader.ts';

const PAGE_RECORDS = 2_000;

/** Key and fingerprint of every record, or of those in some buckets. */
export async function* readFingerprints(
  reader: Reader,
  signal: AbortSignal,
  only?: Buckets & { readonly wanted: ReadonlySet<number> },
): AsyncGenerator<readonly [RecordKey, Fingerprint], void, undefined> {
  let after: RecordKey | null = null;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(
      reader,
      { after, limit: PAGE_RECORDS },
      signal,
    );
    for (const { key, fingerprint } of page.records)
      if (only === undefined || only.wanted.has(bucketOf(key, only.buckets))) yield [key, fingerprint];
    after = page.next;
  } while (after !== null);
}
