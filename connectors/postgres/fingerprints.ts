import type { Fingerprint, RecordKey } from '../contract/record.ts';
import { keyOf, keyParts, readPage, refuseRepeatedKeys } from './read-page.ts';
import type { Reader } from './reader.ts';

/** A key and 32 digits are about 50 bytes: a quarter of a megabyte a page. */
const PAGE = 5_000;
/** Where the server cannot compute them the records travel, so fewer at a time. */
const RECORDS_PAGE = 500;

interface FingerprintPage {
  readonly found: readonly (readonly [RecordKey, Fingerprint])[];
  readonly next: RecordKey | null;
}

/** See RecordReader.fingerprints. */
export async function* readFingerprints(
  reader: Reader,
  signal: AbortSignal,
): AsyncIterable<readonly [RecordKey, Fingerprint]> {
  let after: RecordKey | null = null;
  do {
    const { found, next }: FingerprintPage = await readFingerprintPage(reader, after, signal);
    yield* found;
    after = next;
  } while (after !== null);
}

async function readFingerprintPage(
  reader: Reader,
  after: RecordKey | null,
  signal: AbortSignal,
): Promise<FingerprintPage> {
  const computed = await computePage(reader, after, signal);
  if (computed !== null) return computed;
  const { records, next } = await readPage(reader, { after, limit: RECORDS_PAGE }, signal);
  return { found: records.map(({ key, fingerprint }) => [key, fingerprint] as const), next };
}

/** @returns null when the server counts text in other bytes than fingerprints do. */
async function computePage(
  reader: Reader,
  after: RecordKey | null,
  signal: AbortSignal,
): Promise<FingerprintPage | null> {
  const from = keyParts(after, reader.options.source.key.length);
  return await reader.pool.read(signal, async (run) => {
    if (!(await reader.shape(run)).utf8) return null;
    const select = await reader.select(run);
    const { sql, params } = select.fingerprints(from, PAGE + 1);
    const { rows } = await run(sql, params);
    refuseRepeatedKeys(rows, select.key.length);
    const found = rows
      .slice(0, PAGE)
      .map((row) => [keyOf(row, select.key.length), row.at(-1) as Fingerprint] as const);
    const last = found.at(-1);
    return { found, next: rows.length > PAGE && last !== undefined ? last[0] : null };
  });
}
