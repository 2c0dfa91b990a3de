import { createHash } from 'node:crypto';
import type { Fingerprint, RecordKey } from './record.ts';

/** Records are spread over this many buckets by {@link bucketOf}; a power of two, 65,536 at most. */
export interface Buckets {
  readonly buckets: number;
}

/** What is known of all records of one bucket without looking at any: equal digests mean nothing to do. */
export interface BucketDigest {
  readonly bucket: number;
  readonly records: number;
  /** The exclusive or of {@link digestOf} of every record: 32 hexadecimal digits. */
  readonly xor: string;
}

/**
 * The bucket of a record: the first 32 bits of the SHA-256 of its key in UTF-8,
 * as a number, modulo `buckets`. Every database can compute it.
 */
export function bucketOf(key: RecordKey, buckets: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % buckets;
}

/**
 * What one record adds to its bucket: the first 128 bits of the SHA-256 of its key
 * and its fingerprint, one after the other. Not the fingerprint alone: two
 * records that are alike but for their keys would cancel each other out.
 */
export function digestOf(key: RecordKey, fingerprint: Fingerprint): string {
  return createHash('sha256').update(key).update(fingerprint).digest('hex').slice(0, 32);
}

/** Digests of the same bucket, from other stretches, become one. */
export function addDigests(one: BucketDigest, other: BucketDigest): BucketDigest {
  const xor = BigInt(`0x${one.xor}`) ^ BigInt(`0x${other.xor}`);
  return {
    bucket: one.bucket,
    records: one.records + other.records,
    xor: xor.toString(16).padStart(32, '0'),
  };
}
