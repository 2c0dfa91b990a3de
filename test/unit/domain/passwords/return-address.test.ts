import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { returnAddress } from '../../../../src/domain/passwords/return-address.ts';

const ORIGINS = ['https://app.example.com', 'https://wiki.example.com:8443'];

describe('returnAddress', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com/'],
    ['https://app.example.com/a?b=c#d', 'https://app.example.com/a?b=c#d'],
    ['HTTPS://APP.example.com:443/x', 'https://app.example.com/x'],
    ['https://wiki.example.com:8443/x', 'https://wiki.example.com:8443/x'],
    ['https:app.example.com/x', 'https://app.example.com/x'],
    ['https:\\\\app.example.com\\x', 'https://app.example.com/x'],
  ])('sends to %s', (text, address) => {
    expect(returnAddress(text, ORIGINS)).toBe(address);
  });

  it.each([
    'http://app.example.com/',
    'https://app.example.com:444/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://evil.example\\@app.example.com/',
    'https://user:secret@app.example.com/',
    'https://evil.example/https://app.example.com/',
    'https://evil.example#@app.example.com/',
    'https://app.example.com%2eevil.example/',
    'https://аpp.example.com/',
    '//app.example.com/',
    '/account',
    '\\\\app.example.com',
    'javascript:alert(1)//https://app.example.com',
    'data:text/html,https://app.example.com',
    'blob:https://app.example.com/0',
    'https://wiki.example.com/',
    '',
    `https://app.example.com/${'x'.repeat(2_000)}`,
  ])('sends nobody to %s', (text) => {
    expect(returnAddress(text, ORIGINS)).toBeNull();
  });

  it('sends nobody anywhere when nothing is listed, or for what is no text', () => {
    expect(returnAddress('https://app.example.com/', [])).toBeNull();
    for (const other of [undefined, null, 1, ['https://app.example.com/'], {}])
      expect(returnAddress(other, ORIGINS)).toBeNull();
  });

  it('answers with an address of a listed origin or with nothing, whatever is asked', () => {
    const texts = fc.oneof(fc.string(), fc.webUrl(), fc.stringMatching(/^https?:[/\\@.a-z:%?#]{0,30}$/));
    fc.assert(
      fc.property(texts, (text) => {
        const found = returnAddress(text, ORIGINS);
        return found === null || ORIGINS.includes(new URL(found).origin);
      }),
    );
  });
});
