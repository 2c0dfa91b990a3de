import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalText,
  decodeKey,
  encodeKey,
  fingerprintOf,
} from '../../../../connectors/contract/record.ts';

const part = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(',', '\\', 'a', '') }));
const parts = fc.array(part, { minLength: 1, maxLength: 4 });
const values = fc.array(
  fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('~', ':', '1', '2', 'é') }),
  ),
  { maxLength: 5 },
);

describe('record keys', () => {
  it('come back as the parts they were made of', () => {
    fc.assert(
      fc.property(parts, (given) => expect(decodeKey(encodeKey(given), given.length)).toEqual(given)),
    );
  });

  it('differ where the parts differ', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(a.length === b.length && a.some((text, at) => text !== b[at]));
        expect(encodeKey(a)).not.toBe(encodeKey(b));
      }),
    );
  });

  it('are the text itself when the key is one column, and null with another number of parts', () => {
    expect(encodeKey(['a,b\\c'])).toBe('a,b\\c');
    expect(decodeKey('a,b', 3)).toBeNull();
    expect(decodeKey('a', 2)).toBeNull();
  });
});

describe('fingerprints', () => {
  it('are made of a text that no two rows share', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        fc.pre(a.length !== b.length || a.some((value, at) => value !== b[at]));
        expect(canonicalText(a)).not.toBe(canonicalText(b));
      }),
      { numRuns: 1000 },
    );
  });

  it('are known for a known row', () => {
    // printf '5:Zoë!~0:' | sha256sum | cut -c1-32
    expect(canonicalText(['Zoë!', null, ''])).toBe('5:Zoë!~0:');
    expect(fingerprintOf(['Zoë!', null, ''])).toBe('3463a259b3c10433942d1247c9431e7e');
  });
});
