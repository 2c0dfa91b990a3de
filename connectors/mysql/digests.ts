import type { DigestPage, DigestStretch } from '../contract/connector.ts';
import { addDigests, bucketOf, digestOf, type BucketDigest } from '../contract/digest.ts';
import { findBound } from './bound.ts';
import { bucketSql, fingerprintSql, keyTextSql } from './digest-sql.ts';
import type { Run } from './pool.ts';
import { textRows } from './query.ts';
import { keyParts } from './read-page.ts';
import { readByKeys } from './read-records.ts';
import type { Reader } from './reader.ts';
import type { Stretch } from './select.ts';
import { keyOf } from './values.ts';

/** A stretch takes the server about three seconds a million records: this much of it is far from any limit. */
const STRETCH = 200_000;

/**
 * Has the servers work out a derived table once. Without it they put its expressions
 * in wherever they are named, and hash every record four times.
 */
const ONCE = 'LIMIT 18446744073709551615';

/** See RecordReader.digest. A stretch may be shorter than asked for. */
export async function readDigests(
  reader: Reader,
  { after, limit, buckets }: DigestStretch,
  signal: AbortSignal,
): Promise<DigestPage> {
  return await reader.pool.read(signal, async (run) => {
    const select = await reader.select(run);
    const from = keyParts(after, select.key.length);
    const last = await findBound(run, select, { after: from, place: Math.min(limit, STRETCH) - 1 });
    const upTo = keyParts(last, select.key.length);
    const behind = last === null ? null : await findBound(run, select, { after: upTo, place: 0 });
    const [stretch, next] = [{ after: from, upTo }, behind === null ? null : last];
    const { digests, unknown } = await computeDigests(run, reader, { stretch, buckets });
    if (unknown === 0) return { digests, next };
    const read = await readUnknown(run, reader, { stretch, buckets });
    return { digests: mergeDigests([...digests, ...read]), next };
  });
}

interface Question {
  readonly stretch: Stretch;
  readonly buckets: number;
}

async function computeDigests(
  run: Run,
  reader: Reader,
  { stretch, buckets }: Question,
): Promise<{ readonly digests: readonly BucketDigest[]; readonly unknown: number }> {
  const select = await reader.select(run);
  const rows = `SELECT ${keyTextSql(select)} AS k, ${fingerprintSql(select)} AS f
    FROM ${select.from} WHERE ${select.within(stretch)} ${ONCE}`;
  const hashed = `SELECT ${bucketSql('k', buckets)} AS b, f, SHA2(CONCAT(k, f), 256) AS h FROM (${rows}) AS p`;
  const half = (start: number): string =>
    `LPAD(LOWER(HEX(BIT_XOR(CAST(CONV(SUBSTRING(h, ${String(start)}, 16), 16, 10) AS UNSIGNED)))), 16, '0')`;
  const found = textRows(
    await run(
      `SELECT b, COUNT(f), COUNT(*) - COUNT(f), CONCAT(${half(1)}, ${half(17)}) FROM (${hashed}) AS q GROUP BY b`,
    ),
  );
  const digests = found.map(([bucket, records, , xor]) => ({
    bucket: Number(bucket),
    records: Number(records),
    xor: xor ?? '',
  }));
  const unknown = found.reduce((sum, [, , missing]) => sum + Number(missing), 0);
  return { digests: digests.filter(({ records }) => records > 0), unknown };
}

/** Records whose text is larger than the server may build. */
async function readUnknown(
  run: Run,
  reader: Reader,
  { stretch, buckets }: Question,
): Promise<readonly BucketDigest[]> {
  const select = await reader.select(run);
  const { rows } = await run(
    `SELECT ${select.keyList()} FROM ${select.from}
      WHERE ${select.within(stretch)} AND ${fingerprintSql(select)} IS NULL`,
  );
  const wanted = new Set(rows.map((row) => keyOf(row, select)));
  const { passwordColumn } = reader.options;
  const records = await readByKeys(run, select, { wanted, passwordColumn });
  return records.map(({ key, fingerprint }) => ({
    bucket: bucketOf(key, buckets),
    records: 1,
    xor: digestOf(key, fingerprint),
  }));
}

function mergeDigests(digests: readonly BucketDigest[]): readonly BucketDigest[] {
  const merged = new Map<number, BucketDigest>();
  for (const digest of digests) {
    const known = merged.get(digest.bucket);
    merged.set(digest.bucket, known === undefined ? digest : addDigests(known, digest));
  }
  return [...merged.values()];
}
