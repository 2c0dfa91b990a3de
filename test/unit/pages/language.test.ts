import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseLanguage, LANGUAGES } from '../../../src/pages/language.ts';

describe('chooseLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['sv', 'sv'],
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['en;q=0.1, SV;q=0.2', 'sv'],
    ['sv;q=0, en', 'en'],
    ['svx', 'en'],
    ['de, *', 'en'],
    ['sv;q=none, en;q=0.1', 'en'],
  ])('%j is answered in %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });

  it('always chooses one that exists', () => {
    fc.assert(fc.property(fc.string(), (header) => LANGUAGES.includes(chooseLanguage(header))));
  });
});
