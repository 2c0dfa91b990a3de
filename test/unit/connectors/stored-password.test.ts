import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinStored, splitStored } from '../../../connectors/contract/stored-password.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => value.isWellFormed());
const withoutNul = text.filter((value) => !value.startsWith('\0'));

it('gives back hash and parts, whatever they hold', () => {
  fc.assert(
    fc.property(text, fc.array(fc.option(text), { minLength: 1, maxLength: 3 }), (hash, parts) => {
      expect(splitStored(joinStored({ hash, parts }))).toEqual({ hash, parts });
    }),
  );
});

it('leaves a hash without parts as it is', () => {
  fc.assert(
    fc.property(withoutNul, (hash) => {
      expect(joinStored({ hash, parts: [] })).toBe(hash);
      expect(splitStored(hash)).toEqual({ hash, parts: [] });
    }),
  );
});

it('makes one text of different things never', () => {
  const stored = fc.record({ hash: withoutNul, parts: fc.array(fc.option(text), { maxLength: 2 }) });
  fc.assert(
    fc.property(stored, stored, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(joinStored(one) === joinStored(other)).toBe(same);
    }),
  );
});

it.each(['\0', '\0' + '5:abc', '\0x', '\0~', '\0' + '9999999:a', '\0' + '-1:'])(
  'takes %j for a hash',
  (odd) => {
    expect(splitStored(odd)).toEqual({ hash: odd, parts: [] });
  },
);
