import type { DigestPage, DigestStretch } from '../contract/connector.ts';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../contract/digest.ts';
import type { RecordKey } from '../contract/record.ts';
import type { Run, TextRow } from './pool.ts';
import { keyOf, keyParts, readPage } from './read-page.ts';
import type { Reader } from './reader.ts';

/** The first version that has bit_xor. */
const BIT_XOR = 140_000;
const RECORDS_PAGE = 500;

/** See RecordReader.digest. A server that cannot compute digests has its records read and digested here. */
export async function readDigests(
  reader: Reader,
  stretch: DigestStretch,
  signal: AbortSignal,
): Promise<DigestPage> {
  const computed = await reader.pool.read(signal, async (run) =>
    (await canCompute(reader, run)) ? await compute(reader, run, stretch) : null,
  );
  return computed ?? (await digestHere(reader, stretch, signal));
}

async function canCompute(reader: Reader, run: Run): Promise<boolean> {
  if (!(await reader.shape(run)).utf8) return false;
  const { rows } = await run(`SELECT current_setting('server_version_num')`, []);
  return Number(rows[0]?.[0] ?? 0) >= BIT_XOR;
}

async function compute(
  reader: Reader,
  run: Run,
  { after, limit, buckets }: DigestStretch,
): Promise<DigestPage> {
  const select = await reader.select(run);
  const keys = select.key.length;
  const start = keyParts(after, keys);
  const bounds = select.endOfStretch(start, limit);
  const [end, beyond] = (await run(bounds.sql, bounds.params)).rows;
  const more = end !== undefined && beyond !== undefined;
  const { sql, params } = select.digests(
    { after: start, end: more ? end.map((part) => part ?? '') : null },
    buckets,
  );
  const { rows } = await run(sql, params);
  return { digests: rows.map(toDigest), next: more ? keyOf(end, keys) : null };
}

function toDigest([bucket, records, xor]: TextRow): BucketDigest {
  const digits = BigInt(`0b${xor ?? '0'}`).toString(16);
  return { bucket: Number(bucket), records: Number(records), xor: digits.padStart(32, '0') };
}

async function digestHere(reader: Reader, stretch: DigestStretch, signal: AbortSignal): Promise<DigestPage> {
  const found = new Map<number, BucketDigest>();
  let after: RecordKey | null = stretch.after;
  let left = stretch.limit;
  do {
    const page = await readPage(reader, { after, limit: Math.min(left, RECORDS_PAGE) }, signal);
    for (const { key, fingerprint } of page.records) {
      const bucket = bucketOf(key, stretch.buckets);
      const one = { bucket, records: 1, xor: digestOf(key, fingerprint) };
      const other = found.get(bucket);
      found.set(bucket, other === undefined ? one : addDigests(other, one));
    }
    left -= page.records.length;
    after = page.next;
  } while (after !== null && left > 0);
  return { digests: [...found.values()], next: after };
}
