import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../../connectors/contract/secret.ts';
import { Keyring } from '../../../src/kernel/keyring.ts';

const keyring = new Keyring(randomBytes(32));
const secret = new Secret('hunter2 är inget lösenord');

describe('the keyring', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(keyring.open(keyring.seal(new Secret(text), 'a/b/c'), 'a/b/c').reveal()).toBe(text);
      }),
    );
  });

  it('refuses a ciphertext with any bit changed, instead of giving garbage', () => {
    const sealed = keyring.seal(secret, 'a/b/c');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => keyring.open(changed, 'a/b/c')).toThrow(
        expect.objectContaining({ code: 'SECRET_UNREADABLE' }),
      );
    }
  });

  it('refuses a ciphertext that was moved to another row, sealed with another key, or cut off', () => {
    const sealed = keyring.seal(secret, 'providers/password/1');
    const unreadable = expect.objectContaining({ code: 'SECRET_UNREADABLE' });
    expect(() => keyring.open(sealed, 'providers/password/2')).toThrow(unreadable);
    expect(() => new Keyring(randomBytes(32)).open(sealed, 'providers/password/1')).toThrow(unreadable);
    expect(() => keyring.open(sealed.subarray(0, -1), 'providers/password/1')).toThrow(unreadable);
    expect(() => keyring.open(Buffer.alloc(0), 'providers/password/1')).toThrow(unreadable);
  });

  it('never seals the same secret twice to the same bytes, and derives the same token each time', () => {
    expect(keyring.seal(secret, 'x').equals(keyring.seal(secret, 'x'))).toBe(false);
    expect(keyring.deriveToken('t').equals(keyring.deriveToken('t'))).toBe(true);
    expect(keyring.deriveToken('t').equals(new Keyring(randomBytes(32)).deriveToken('t'))).toBe(false);
  });
});

describe('a keyring of several keys', () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  const [before, after] = [new Keyring(old), new Keyring(next, [old])];

  it('opens what any of them sealed, and seals with the present one', () => {
    expect(after.open(before.seal(secret, 'a/b/c'), 'a/b/c').reveal()).toBe(secret.reveal());
    const sealed = after.seal(secret, 'a/b/c');
    expect(new Keyring(next).open(sealed, 'a/b/c').reveal()).toBe(secret.reveal());
    expect(sealed.subarray(0, after.sealedHeader.length)).toEqual(after.sealedHeader);
    expect(() => before.open(sealed, 'a/b/c')).toThrow(
      expect.objectContaining({ code: 'SECRET_UNREADABLE' }),
    );
  });

  it('derives the tokens of each, those of the present one first', () => {
    expect(after.keyIds).toEqual([after.keyId, before.keyId]);
    expect(after.deriveTokens('t')).toEqual([
      { keyId: after.keyId, derived: after.deriveToken('t') },
      { keyId: before.keyId, derived: before.deriveToken('t') },
    ]);
    expect(new Keyring(old, [old]).keyIds).toEqual([before.keyId]);
  });
});

describe('a secret', () => {
  it('has no ordinary way into text', () => {
    const texts = [
      String(secret),
      secret.toString(),
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }),
      inspect(secret),
    ];
    for (const text of texts) expect(text).not.toContain('hunter2');
    expect(Object.keys(secret)).toEqual([]);
  });
});
