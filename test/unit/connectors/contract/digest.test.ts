import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDigests, bucketOf, digestOf } from '../../../../connectors/contract/digest.ts';
import type { Fingerprint, RecordKey } from '../../../../connectors/contract/record.ts';

const key = (text: string): RecordKey => text as RecordKey;
const fingerprint = (text: string): Fingerprint => text as Fingerprint;

describe('bucketOf', () => {
  it('takes the first 32 bits of SHA-256, without a sign', () => {
    // SHA-256 of "abc" begins with ba7816bf, of the empty text with e3b0c442: FIPS 180-2 and its test vectors.
    expect(bucketOf(key('abc'), 65_536)).toBe(0x16bf);
    expect(bucketOf(key(''), 65_536)).toBe(0xc442);
    expect(bucketOf(key('abc'), 8)).toBe(7);
    expect(bucketOf(key('abc'), 1)).toBe(0);
  });

  it('stays within the buckets and spreads keys over them', () => {
    const counts = new Map<number, number>();
    for (let n = 0; n < 8_000; n += 1) {
      const bucket = bucketOf(key(String(n)), 8);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('digestOf', () => {
  it('is half of the SHA-256 of key and fingerprint', () => {
    expect(digestOf(key('ab'), fingerprint('c'))).toBe('ba7816bf8f01cfea414140de5dae2223');
    const whole = createHash('sha256').update('käyttäjä').update('f00d').digest('hex');
    expect(digestOf(key('käyttäjä'), fingerprint('f00d'))).toBe(whole.slice(0, 32));
  });

  it('tells records apart that are alike but for their keys', () => {
    expect(digestOf(key('1'), fingerprint('f'))).not.toBe(digestOf(key('2'), fingerprint('f')));
  });
});

describe('addDigests', () => {
  const hex = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((n) => n.toString(16).padStart(32, '0'));
  const digest = fc.record({ bucket: fc.constant(3), records: fc.nat(1_000), xor: hex });

  it('does not care for order or division, and has nothing as its neutral element', () => {
    fc.assert(
      fc.property(digest, digest, digest, (a, b, c) => {
        expect(addDigests(a, b)).toEqual(addDigests(b, a));
        expect(addDigests(addDigests(a, b), c)).toEqual(addDigests(a, addDigests(b, c)));
        expect(addDigests(a, { bucket: 3, records: 0, xor: '0'.repeat(32) })).toEqual(a);
      }),
    );
  });

  it('keeps leading zeros and counts', () => {
    const one = { bucket: 1, records: 2, xor: `00${'f'.repeat(30)}` };
    const other = { bucket: 1, records: 3, xor: `00${'0'.repeat(29)}f` };
    expect(addDigests(one, other)).toEqual({ bucket: 1, records: 5, xor: `00${'f'.repeat(29)}0` });
    expect(addDigests(one, one)).toEqual({ bucket: 1, records: 4, xor: '0'.repeat(32) });
  });
});
