import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { TODAYS_COSTS } from '../../../src/passwords/costs.ts';
import { LOW_COSTS } from './low-costs.ts';

const hasher = createPasswordHasher();
afterAll(async () => {
  await hasher[Symbol.asyncDispose]();
});

const secret = (text: string): Secret => new Secret(text);
const PASSWORD = secret('correct horse battery staple');

describe('our own hash', () => {
  it('is argon2id at today’s cost and verifies', async () => {
    const hash = await hasher.hash(PASSWORD);
    expect(hash.reveal()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(PASSWORD, hash)).toEqual({
      result: 'match',
      format: 'argon2id',
      weak: false,
      outdated: false,
    });
    expect(await hasher.verify(secret('correct horse battery stapl'), hash)).toMatchObject({
      result: 'mismatch',
    });
  });

  it('is outdated when made with less, in memory or in passes', async () => {
    for (const less of [{ memoryKiB: 9728 }, { passes: 1 }]) {
      const argon2id = { ...TODAYS_COSTS.argon2id, ...less };
      await using earlier = createPasswordHasher({ costs: { argon2id } });
      const hash = await earlier.hash(PASSWORD);
      expect(await hasher.verify(PASSWORD, hash)).toMatchObject({ result: 'match', outdated: true });
    }
  });

  it('does not tell composed from decomposed', async () => {
    const hash = await hasher.hash(secret('Lo\u0308senord p\u00e5 svenska'));
    expect(await hasher.verify(secret('L\u00f6senord pa\u030a svenska'), hash)).toMatchObject({
      result: 'match',
    });
  });

  it('reads every byte of a long password', async () => {
    const hash = await hasher.hash(secret('é'.repeat(255) + 'a'));
    expect(await hasher.verify(secret('é'.repeat(255) + 'b'), hash)).toMatchObject({ result: 'mismatch' });
  });
});

it('passes a provider’s passwords on as they are typed', async () => {
  const composed = await hasher.encode(secret('L\u00f6senord'), 'ldap-ssha', null);
  expect(await hasher.verify(secret('Lo\u0308senord'), composed, 'auto')).toMatchObject({
    result: 'mismatch',
  });
});

it('wastes the time of one verification', async () => {
  await using slow = createPasswordHasher({
    costs: { argon2id: { memoryKiB: 65_536, passes: 4, lanes: 1 } },
  });
  const hash = await slow.hash(PASSWORD);
  // The quickest of several: what else runs on the machine only ever adds.
  const quickest = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const real = await quickest(() => slow.verify(PASSWORD, hash));
  const wasted = await quickest(() => slow.waste(PASSWORD));
  expect(wasted / real).toBeGreaterThan(0.4);
  expect(wasted / real).toBeLessThan(2.5);
});

describe('never a match', () => {
  const formats = ['bcrypt', 'ldap-ssha', 'django-pbkdf2-sha256', 'phpass', 'argon2id'];

  it.each(formats)('an empty password, one with a NUL, one that is not text (%s)', async (format) => {
    await using quick = createPasswordHasher({ costs: LOW_COSTS });
    const hash = await quick.encode(secret('abc'), format, null);
    for (const password of ['', 'abc\0', 'abc\0def', '\ud800', 'abc'.repeat(2000)])
      expect(await quick.verify(secret(password), hash, 'auto')).toMatchObject({ result: 'mismatch' });
  });

  it.each([
    ['ldap-sha', '{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
    ['md5-hex', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['mysql-native', '*BE1BDEC0AA74B4DCB079943E70528096CCA985F8'],
  ])('the empty password against its own hash (%s)', async (format, hash) => {
    const answer = await hasher.verify(secret(''), secret(hash), format);
    expect(answer).toMatchObject({ result: 'mismatch', format });
  });

  it('a plain password that is empty', async () => {
    expect(await hasher.verify(secret(''), secret(''), 'plain')).toMatchObject({ result: 'unverifiable' });
  });

  it.each([
    ['locked or never set', ['!', '!!', '*', '!*', 'x', '*LK*', '*0', '', ' ', '!$6$salt$hash']],
    ['Django’s unusable password', ['!uFq3vTm0zKc8yWb2LrXs6nJd4gHe1oPa9iQt5wRk']],
    ['no hash that we know', ['hello', '$9$what', '$2b$12$short', 'pbkdf2_sha256$x$y$z', '{CLEARTEXT}x']],
    ['digits that say nothing', ['5f4dcc3b5aa765d61d8327deb882cf99', 'a'.repeat(40), 'b'.repeat(64)]],
    ['ten kilobytes', ['$2b$12$' + 'a'.repeat(10_000), 'A'.repeat(10_240)]],
  ])('%s', async (_, hashes) => {
    for (const hash of hashes)
      for (const typed of [hash, 'password', ''])
        expect(await hasher.verify(secret(typed), secret(hash), 'auto')).toEqual({
          result: 'unverifiable',
          format: null,
          weak: false,
          outdated: false,
        });
  });

  it.each(['!', '!!', '*', '!$6$salt$hash', '*LK*'])('%s in a column of plain passwords', async (stored) => {
    expect(await hasher.verify(secret(stored), secret(stored), 'plain')).toMatchObject({
      result: 'unverifiable',
    });
  });
});

it('takes a hash in a column of plain passwords for a hash', async () => {
  const hash = await hasher.encode(PASSWORD, 'ldap-ssha512', null);
  expect(await hasher.verify(hash, hash, 'plain')).toMatchObject({ result: 'mismatch' });
  expect(await hasher.verify(PASSWORD, hash, 'plain')).toMatchObject({
    result: 'match',
    format: 'ldap-ssha512',
  });
});

it('believes a definition that names a format, and no other hash then', async () => {
  const md5 = secret('5f4dcc3b5aa765d61d8327deb882cf99');
  expect(await hasher.verify(secret('password'), md5, 'md5-hex')).toMatchObject({
    result: 'match',
    weak: true,
  });
  expect(await hasher.verify(secret('hunter2'), secret('hunter2'), 'plain')).toMatchObject({
    result: 'match',
    weak: true,
  });
  const ssha = await hasher.encode(PASSWORD, 'ldap-ssha', null);
  expect(await hasher.verify(PASSWORD, ssha, 'bcrypt')).toMatchObject({ result: 'unverifiable' });
  expect(await hasher.verify(PASSWORD, ssha, 'no-such-format')).toMatchObject({ result: 'unverifiable' });
});

const SALT22 = 'abcdefghijklmnopqrstuv';
const BODY53 = 'a'.repeat(53);
const HOSTILE = {
  bcrypt: [`$2b$16$${BODY53}`, `$2b$31$${BODY53}`, `$2y$99$${BODY53}`],
  'wordpress-bcrypt': [`$wp$2y$31$${BODY53}`],
  'django-bcrypt-sha256': [`bcrypt_sha256$$2b$31$${BODY53}`],
  'django-pbkdf2-sha256': [10_000_001, 2 ** 31, 9_999_999_999].map(
    (n) => `pbkdf2_sha256$${n}$salt$${'A'.repeat(43)}=`,
  ),
  'passlib-pbkdf2-sha512': [`$pbkdf2-sha512$2147483648$${SALT22}$${'A'.repeat(86)}`],
  'werkzeug-pbkdf2': [`pbkdf2:sha256:2147483648$salt$${'a'.repeat(64)}`],
  'aspnet-identity-v3': [
    Buffer.concat([Buffer.from('0100000002ffffffff00000010', 'hex'), Buffer.alloc(48, 7)]).toString('base64'),
  ],
  scrypt: ['ln=18,r=8,p=1', 'ln=30,r=8,p=1', 'ln=14,r=1000,p=1', 'ln=14,r=8,p=4000000000'].map(
    (costs) => `$scrypt$${costs}$${SALT22}$${'A'.repeat(43)}`,
  ),
  'django-scrypt': [`scrypt$1073741824$salt$8$1$${'A'.repeat(86)}==`],
  'werkzeug-scrypt': [`scrypt:1073741824:8:1$salt$${'a'.repeat(128)}`],
  argon2id: ['m=4194304,t=1,p=1', 'm=1048577,t=1,p=1', 'm=64,t=11,p=1', 'm=65536,t=1,p=17'].map(
    (costs) => `$argon2id$v=19$${costs}$${SALT22}$${'A'.repeat(43)}`,
  ),
  'django-argon2': [`argon2$argon2id$v=19$m=4194304,t=2,p=8$${SALT22}$${'A'.repeat(43)}`],
  'sha512-crypt': [`$6$rounds=1000001$salt$${'a'.repeat(86)}`, `$6$rounds=999999999$salt$${'a'.repeat(86)}`],
  phpass: [`$P$S${'a'.repeat(30)}`],
  drupal: [`$S$S${'a'.repeat(51)}`],
};

describe.each(Object.entries(HOSTILE))('%s with costs beyond the bounds', (name, hashes) => {
  it.each(hashes)('%s is refused without work', async (hash) => {
    // Nothing may be computed at all: any work is a HASHING_BUSY here.
    await using idle = createPasswordHasher({ atOnce: 0, mayWait: 0 });
    const expected = { result: 'unverifiable', format: name, weak: false, outdated: false };
    expect(await idle.verify(PASSWORD, secret(hash), 'auto')).toEqual(expected);
    expect(await idle.verify(PASSWORD, secret(hash), name)).toEqual(expected);
  });

  it('does not make a new hash as dear', async () => {
    await using quick = createPasswordHasher({ costs: LOW_COSTS });
    for (const hash of hashes) {
      const written = await quick.encode(PASSWORD, null, secret(hash));
      expect(await quick.verify(PASSWORD, written, 'auto')).toMatchObject({ result: 'match', format: name });
    }
  });
});

describe('load', () => {
  it('leaves the event loop free while bcrypt verifies', async () => {
    const hash = await hasher.encode(PASSWORD, 'bcrypt', null);
    const progress = { turns: 0, done: false };
    const verifying = hasher.verify(PASSWORD, hash, 'auto').finally(() => (progress.done = true));
    while (!progress.done) {
      await nextTurn();
      progress.turns += 1;
    }
    expect(await verifying).toMatchObject({ result: 'match' });
    // On this thread it would be a handful: the library yields every 100 ms.
    expect(progress.turns).toBeGreaterThan(100);
  });

  it('is refused beyond the queue, and what was let in is served', async () => {
    await using small = createPasswordHasher({ atOnce: 1, mayWait: 2 });
    const attempts = Array.from({ length: 5 }, () => small.hash(PASSWORD));
    const settled = await Promise.allSettled(attempts);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    for (const outcome of settled.slice(3))
      expect(outcome).toMatchObject({ reason: { name: 'AppError', kind: 'busy', code: 'HASHING_BUSY' } });
    expect(await small.hash(PASSWORD)).toBeInstanceOf(Secret);
  });

  it('lets a failed hash go, so that its place is free', async () => {
    await using small = createPasswordHasher({
      atOnce: 1,
      mayWait: 0,
      costs: { argon2id: { memoryKiB: 0, passes: 1, lanes: 1 } },
    });
    await expect(small.hash(PASSWORD)).rejects.not.toMatchObject({ code: 'HASHING_BUSY' });
    await expect(small.hash(PASSWORD)).rejects.not.toMatchObject({ code: 'HASHING_BUSY' });
  });

  it('finishes what is under way and refuses the rest when disposed of', async () => {
    const stopping = createPasswordHasher({ atOnce: 1, mayWait: 5, costs: { bcrypt: 8 } });
    const underWay = stopping.encode(PASSWORD, 'bcrypt', null);
    const waiting = stopping.encode(PASSWORD, 'bcrypt', null);
    const refused = expect(waiting).rejects.toMatchObject({ kind: 'unavailable', code: 'HASHING_STOPPED' });
    const disposed = stopping[Symbol.asyncDispose]();
    expect((await underWay).reveal()).toMatch(/^\$2b\$08\$/);
    await refused;
    await disposed;
    await expect(stopping.hash(PASSWORD)).rejects.toMatchObject({ code: 'HASHING_STOPPED' });
  });
});
