import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasEnded } from '../../../../../connectors/postgres/changes/await-visible.ts';

const low32 = (number: bigint): number => Number(BigInt.asUintN(32, number));

describe('whether a transaction has ended, by the lower half of its number', () => {
  it('is told by a snapshot, across the wrap too', () => {
    expect(hasEnded(9, '10:20:')).toBe(true);
    expect(hasEnded(20, '10:20:')).toBe(false);
    expect(hasEnded(15, '10:20:12,15')).toBe(false);
    expect(hasEnded(14, '10:20:12,15')).toBe(true);
    const wrap = 2n ** 32n;
    const snapshot = `${String(wrap - 5n)}:${String(wrap + 5n)}:${String(wrap - 5n)},${String(wrap + 3n)}`;
    expect(hasEnded(low32(wrap - 6n), snapshot)).toBe(true);
    expect(hasEnded(low32(wrap - 5n), snapshot)).toBe(false);
    expect(hasEnded(low32(wrap - 1n), snapshot)).toBe(true);
    expect(hasEnded(3, snapshot)).toBe(false);
    expect(hasEnded(4, snapshot)).toBe(true);
    expect(hasEnded(5, snapshot)).toBe(false);
  });

  it('is what the whole numbers say, as long as they are less than half a circle apart', () => {
    const base = fc.bigInt({ min: 2n ** 31n, max: 2n ** 40n });
    const near = fc.bigInt({ min: 0n, max: 2n ** 30n });
    const cases = fc.record({ oldest: base, width: near, below: near, at: near, isOpen: fc.boolean() });
    fc.assert(
      fc.property(cases, ({ oldest, width, below, at, isOpen }) => {
        const newest = oldest + width;
        const number = oldest - below + at;
        const open = isOpen && number >= oldest && number < newest;
        const expected = number < oldest || (number < newest && !open);
        const snapshot = `${String(oldest)}:${String(newest)}:${open ? String(number) : ''}`;
        expect(hasEnded(low32(number), snapshot)).toBe(expected);
      }),
    );
  });
});
