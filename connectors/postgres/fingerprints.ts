import { bucketOf, type Buckets } from '../contract/digest.ts';
import type { Fingerprint, RecordKey } from '../contract/record.ts';
import { keyOf, keyParts, readPage, refuseRepeatedKeys } from './read-page.ts';
import type { Reader } from './reader.ts';
import type { Run } from './pool.ts';
import type { Select } from './select.ts';

/** A key and 32 digits are about 50 bytes: a quarter of a megabyte a page. */
const PAGE = 5_000;
/** Where the server cannot compute them the records travel, so fewer at a time. */
const RECORDS_PAGE = 500;
/** How many records a statement looks at when few of them are wanted: a second's work, whatever the table's size. */
const STRETCH = 200_000;

/** The buckets that are wanted. */
export type Only = Buckets & { readonly wanted: ReadonlySet<number> };

type Found = readonly (readonly [RecordKey, Fingerprint])[];

interface FingerprintPage {
  readonly found: Found;
  readonly next: RecordKey | null;
}

interface From {
  readonly after: RecordKey | null;
  readonly only?: Only | undefined;
}

/** See RecordReader.fingerprints. */
export async function* readFingerprints(
  reader: Reader,
  signal: AbortSignal,
  only?: Only,
): AsyncIterable<readonly [RecordKey, Fingerprint]> {
  if (only?.wanted.size === 0) return;
  let after: RecordKey | null = null;
  do {
    const { found, next }: FingerprintPage = await readFingerprintPage(reader, { after, only }, signal);
    yield* found;
    after = next;
  } while (after !== null);
}

async function readFingerprintPage(
  reader: Reader,
  from: From,
  signal: AbortSignal,
): Promise<FingerprintPage> {
  const computed = await reader.pool.read(signal, async (run) =>
    (await reader.shape(run)).utf8 ? await computePage(reader, run, from) : null,
  );
  return computed ?? (await readHere(reader, from, signal));
}

async function computePage(reader: Reader, run: Run, { after, only }: From): Promise<FingerprintPage> {
  const select = await reader.select(run);
  const keys = select.key.length;
  const start = keyParts(after, keys);
  const end = only === undefined ? null : await endOfStretch(run, select, start);
  const { sql, params } = select.fingerprints({ after: start, end: end?.parts ?? null, only }, PAGE + 1);
  const { rows } = await run(sql, params);
  refuseRepeatedKeys(rows, keys);
  const found = rows.slice(0, PAGE).map((row) => [keyOf(row, keys), row.at(-1) as Fingerprint] as const);
  const last = found.at(-1);
  if (rows.length > PAGE && last !== undefined) return { found, next: last[0] };
  return { found, next: end?.key ?? null };
}

/** @returns null when the rest is shorter than a stretch. */
async function endOfStretch(
  run: Run,
  select: Select,
  after: readonly string[] | null,
): Promise<{ readonly parts: readonly string[]; readonly key: RecordKey } | null> {
  const { sql, params } = select.endOfStretch(after, STRETCH);
  const [end, beyond] = (await run(sql, params)).rows;
  if (end === undefined || beyond === undefined) return null;
  return { parts: end.map((part) => part ?? ''), key: keyOf(end, select.key.length) };
}

/** For a server that counts text in other bytes than fingerprints do. */
async function readHere(
  reader: Reader,
  { after, only }: From,
  signal: AbortSignal,
): Promise<FingerprintPage> {
  const { records, next } = await readPage(reader, { after, limit: RECORDS_PAGE }, signal);
  const wanted = records.filter(
    ({ key }) => only === undefined || only.wanted.has(bucketOf(key, only.buckets)),
  );
  return { found: wanted.map(({ key, fingerprint }) => [key, fingerprint] as const), next };
}
