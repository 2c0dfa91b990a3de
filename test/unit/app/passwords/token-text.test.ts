import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../../../connectors/contract/secret.ts';
import { linkFor } from '../../../../src/app/passwords/token-link.ts';
import { presentedTokenHash, tokenText } from '../../../../src/app/passwords/token-text.ts';
import { newId } from '../../../../src/kernel/ids.ts';
import { hashToken, Keyring } from '../../../../src/kernel/keyring.ts';

const keyring = new Keyring(Buffer.alloc(32, 1));
const token = {
  id: newId(),
  purpose: 'first-password',
  profileId: newId(),
  passwordVersion: 3,
} as const;

describe('tokenText', () => {
  it('is the same each time, and is found by its hash', () => {
    const text = tokenText(keyring, token);
    expect(tokenText(keyring, { ...token }).reveal()).toBe(text.reveal());
    expect(presentedTokenHash(text)).toEqual(hashToken(text.reveal()));
  });

  it('differs for another key, id, purpose, person or password', () => {
    const others = [
      tokenText(new Keyring(Buffer.alloc(32, 2)), token),
      tokenText(keyring, { ...token, id: newId() }),
      tokenText(keyring, { ...token, purpose: 'reset-password' }),
      tokenText(keyring, { ...token, profileId: newId() }),
      tokenText(keyring, { ...token, passwordVersion: 4 }),
    ];
    const all = [tokenText(keyring, token), ...others].map((text) => text.reveal().slice(22));
    expect(new Set(all).size).toBe(6);
  });

  it('can be put into an address as it is', () => {
    const link = linkFor(
      { publicUrl: 'https://accounts.example.com' },
      'first-password',
      tokenText(keyring, token),
    );
    const url = new URL(link.reveal());
    expect([url.origin, url.pathname]).toEqual(['https://accounts.example.com', '/password/first']);
    expect(url.searchParams.get('token')).toBe(tokenText(keyring, token).reveal());
    expect(String(link)).toBe('[secret]');
  });
});

describe('presentedTokenHash', () => {
  it('takes nothing that cannot be a token', () => {
    const text = tokenText(keyring, token).reveal();
    for (const wrong of [
      '',
      text.slice(1),
      `${text}A`,
      `${text}=`,
      ` ${text}`,
      text.replace(/.$/, '+'),
      `${text}\n`,
    ])
      expect(presentedTokenHash(new Secret(wrong))).toBeNull();
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (any) => {
        const hash = presentedTokenHash(new Secret(any));
        return hash === null || any.length === 64;
      }),
    );
  });
});
