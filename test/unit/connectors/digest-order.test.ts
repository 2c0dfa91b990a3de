import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseOrder, wordsOf } from '../../../connectors/contract/digest-order.ts';

it('reads words, texts and digests of them', () => {
  expect(parseOrder("salt+ '{' + sha1( password + pepper ) ")).toEqual([
    { kind: 'salt' },
    { kind: 'text', text: '{' },
    { kind: 'digest', digest: 'sha1', of: [{ kind: 'password' }, { kind: 'pepper' }] },
  ]);
});

it('knows every word that takes part', () => {
  expect([...wordsOf(parseOrder('md5(salt + md5(password))')!)].sort()).toEqual(['password', 'salt']);
});

it.each([
  '',
  '+',
  'salt +',
  'salt password',
  'sha9(password)',
  'md5 password',
  'md5(password',
  'password)',
  "'open",
  'Password',
  'md5(md5(md5(md5(md5(password)))))',
  'password' + ' + salt'.repeat(100),
])('refuses %j', (text) => {
  expect(parseOrder(text)).toBeNull();
});

it('never throws, and answers at once', () => {
  const words = fc.constantFrom('salt', 'password', 'md5', '(', ')', '+', "'", ' ', 'sha256', '\0');
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
      expect(() => parseOrder(parts.join(''))).not.toThrow();
    }),
  );
});
