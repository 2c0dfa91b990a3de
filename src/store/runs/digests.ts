import type { BucketDigest } from '../../../connectors/contract/digest.ts';
import type { Transaction } from '../transaction.ts';

/** The bucket of a link's record, as the contract's `bucketOf` has it. */
export function bucketSql(recordKey: string, buckets: string): string {
  return `(('x' || substr(encode(sha256(convert_to(${recordKey}, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint % ${buckets})::integer`;
}

/** What a link adds to its bucket, as the contract's `digestOf` has it. */
const DIGEST = `('x' || substr(encode(sha256(convert_to(record_key || encode(fingerprint, 'hex'), 'UTF8')), 'hex'), 1, 32))::bit(128)`;

/** How many people of a provider are present, and how many of them the present mapping made what they are. */
export async function countMapped(
  tx: Transaction,
  providerId: string,
  mappedBy: string,
): Promise<{ readonly present: number; readonly mapped: number }> {
  const [counts] = await tx.query<{ present: number; mapped: number }[]>(
    `SELECT count(*)::int AS present, count(*) FILTER (WHERE mapped_by = $2)::int AS mapped
     FROM links WHERE provider_id = $1 AND gone_at IS NULL`,
    [providerId, mappedBy],
  );
  return counts ?? { present: 0, mapped: 0 };
}

/** Adds the digests of one stretch of the source to those before it. */
export async function addRunDigests(
  tx: Transaction,
  runId: string,
  digests: readonly BucketDigest[],
): Promise<void> {
  await tx.query(
    `INSERT INTO run_digests AS d (run_id, bucket, records, xor)
     SELECT $1, bucket, records, ('x' || xor)::bit(128)
     FROM unnest($2::int[], $3::bigint[], $4::text[]) AS n (bucket, records, xor)
     ON CONFLICT (run_id, bucket) DO UPDATE SET records = d.records + excluded.records, xor = d.xor # excluded.xor`,
    [
      runId,
      digests.map(({ bucket }) => bucket),
      digests.map(({ records }) => records),
      digests.map(({ xor }) => xor),
    ],
  );
}

export interface Comparison {
  /** Records that the source has. */
  readonly records: number;
  /** Records in buckets that agree with our links. */
  readonly agreeing: number;
}

/**
 * Compares the source's digests with those of the links. Links of records that are
 * gone do not count, and a bucket with a link that another mapping made agrees with
 * nothing: its people are to be mapped again, or are not at the source any more.
 */
export async function compareDigests(
  tx: Transaction,
  about: {
    readonly runId: string;
    readonly providerId: string;
    readonly mappedBy: string;
    readonly buckets: number;
  },
): Promise<Comparison> {
  await tx.query(COMPARE, [about.runId, about.providerId, about.mappedBy, about.buckets]);
  const [comparison] = await tx.query<Comparison[]>(
    `SELECT coalesce(sum(records), 0)::int AS records,
       coalesce(sum(records) FILTER (WHERE NOT differs), 0)::int AS agreeing FROM run_digests WHERE run_id = $1`,
    [about.runId],
  );
  return comparison ?? { records: 0, agreeing: 0 };
}

const COMPARE = `
  WITH ours AS (
    SELECT bucket, count(*) AS records, bit_xor(digest) AS xor, bool_and(mapped) AS mapped
    FROM (SELECT ${bucketSql('record_key', '$4::integer')} AS bucket, ${DIGEST} AS digest, mapped_by = $3 AS mapped
          FROM links WHERE provider_id = $2 AND gone_at IS NULL) l
    GROUP BY bucket),
  compared AS (
    UPDATE run_digests d SET differs = NOT (o.mapped AND o.records = d.records AND o.xor = d.xor)
    FROM ours o WHERE d.run_id = $1 AND d.bucket = o.bucket)
  INSERT INTO run_digests (run_id, bucket, records, xor, differs)
  SELECT $1, bucket, 0, repeat('0', 128)::bit(128), true FROM ours o
  WHERE NOT EXISTS (SELECT FROM run_digests d WHERE d.run_id = $1 AND d.bucket = o.bucket)`;

/** The buckets whose records have to be looked at. */
export async function differingBuckets(tx: Transaction, runId: string): Promise<ReadonlySet<number>> {
  const rows = await tx.query<{ bucket: number }[]>(
    'SELECT bucket FROM run_digests WHERE run_id = $1 AND differs',
    [runId],
  );
  return new Set(rows.map((row) => row.bucket));
}

export async function forgetDigests(tx: Transaction, runId: string): Promise<void> {
  await tx.query('DELETE FROM run_digests WHERE run_id = $1', [runId]);
}

/** Those of `keys` that the run has not met yet. */
export async function unseenKeys(
  tx: Transaction,
  runId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }[]>(
    `SELECT key FROM unnest($2::text[]) AS n (key)
     WHERE NOT EXISTS (SELECT FROM run_seen s WHERE s.run_id = $1 AND s.record_key = n.key)`,
    [runId, keys],
  );
  return new Set(rows.map((row) => row.key));
}
