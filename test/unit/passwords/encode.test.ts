import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../../connectors/contract/secret.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { KNOWN_FORMATS, WRITABLE_FORMATS } from '../../../src/passwords/format-names.ts';
import type { WriteOrder } from '../../../src/passwords/hasher.ts';
import { maxHashLength } from '../../../src/passwords/max-hash-length.ts';
import { LOW_COSTS } from './low-costs.ts';

const quick = createPasswordHasher({ costs: LOW_COSTS });
const hasher = createPasswordHasher();
afterAll(async () => {
  await quick[Symbol.asyncDispose]();
  await hasher[Symbol.asyncDispose]();
});

const secret = (text: string): Secret => new Secret(text);
const PASSWORD = secret('correct horse battery staple');

/** Passwords of at most 72 bytes, where bcrypt still reads the last character. */
const password = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .filter((text) => !text.includes('\0') && Buffer.byteLength(text) <= 70);

/** What DES looks at: seven bits of each of eight bytes. */
const short = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 });
/** A plain password that looks like an account nobody may sign in to is taken for one. */
const signsIn = (text: string): boolean => text.trim() !== '' && !/^[!*]/.test(text);

const PASSWORDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'des-crypt': short,
  plain: password.filter(signsIn),
};

function flipLast(text: string): string {
  const characters = Array.from(text);
  return [...characters.slice(0, -1), characters.at(-1) === 'a' ? 'b' : 'a'].join('');
}

const UNSALTED = /^(?:ldap-(?:sha\d*|md5)|.*-hex|plain|mysql-native)$/;
/** By name, accepting that some are weak. */
const accepting = (format: string): WriteOrder => ({ format, reading: format, weakAccepted: true });
const NAMES = KNOWN_FORMATS.map(({ name }) => name);

describe.each(NAMES)('%s', (format) => {
  const reading = KNOWN_FORMATS.find(({ name }) => name === format)?.onlyNamed === true ? format : 'auto';

  it('verifies what it wrote, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(PASSWORDS[format] ?? password, async (text) => {
        const hash = await quick.encode(secret(text), accepting(format), null);
        expect(await quick.verify(secret(text), hash, reading)).toMatchObject({ result: 'match', format });
        expect(await quick.verify(secret(flipLast(text)), hash, format)).toMatchObject({
          result: 'mismatch',
        });
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the format of the current hash and takes a new salt', async () => {
    const current = await quick.encode(PASSWORD, accepting(format), null);
    const next = await quick.encode(PASSWORD, { reading, weakAccepted: true }, current);
    expect(next.reveal() === current.reveal()).toBe(UNSALTED.test(format));
    expect(await quick.verify(PASSWORD, next, format)).toMatchObject({ result: 'match', format });
  });

  it('raises a lower cost to today’s, and is then as long as a column is told to be', async () => {
    const cheap = await quick.encode(PASSWORD, accepting(format), null);
    const next = await hasher.encode(PASSWORD, { reading, weakAccepted: true }, cheap);
    expect(next.reveal()).toHaveLength(maxHashLength(format) ?? next.reveal().length);
  });
});

describe('the current hash', () => {
  it.each(['a', 'b', 'y'])('keeps its $2%s$', async (minor) => {
    const current = (await quick.encode(PASSWORD, 'bcrypt', null)).reveal().replace('$2b$', `$2${minor}$`);
    const next = await quick.encode(PASSWORD, 'bcrypt', secret(current));
    expect(next.reveal().slice(0, 4)).toBe(`$2${minor}$`);
    expect(await quick.verify(PASSWORD, next, 'auto')).toMatchObject({ result: 'match' });
  });

  it('keeps phpBB’s $H$', async () => {
    const current = (await quick.encode(PASSWORD, 'phpass', null)).reveal().replace('$P$', '$H$');
    expect((await quick.encode(PASSWORD, null, secret(current))).reveal()).toMatch(/^\$H\$/);
  });

  it.each([
    ['bcrypt', { bcrypt: 5 }, '$2b$05$'],
    ['django-pbkdf2-sha256', { djangoPbkdf2: 77 }, 'pbkdf2_sha256$77$'],
    ['argon2id', { argon2id: { memoryKiB: 128, passes: 3, lanes: 2 } }, '$argon2id$v=19$m=128,t=3,p=2$'],
    ['sha512-crypt', { shaCrypt: 2345 }, '$6$rounds=2345$'],
    ['werkzeug-scrypt', { werkzeugScrypt: { n: 64, r: 8, p: 1 } }, 'scrypt:64:8:1$'],
    ['phpass', { phpass: 9 }, '$P$7'],
  ])('keeps a cost above today’s (%s)', async (format, costs, beginning) => {
    await using dearer = createPasswordHasher({ costs: { ...LOW_COSTS, ...costs } });
    const current = await dearer.encode(PASSWORD, format, null);
    expect((await quick.encode(PASSWORD, null, current)).reveal().startsWith(beginning)).toBe(true);
  });
});

describe('FORMAT_UNKNOWN', () => {
  const unknown = { name: 'AppError', kind: 'invalid', code: 'FORMAT_UNKNOWN' };

  it.each([
    ['neither format nor current hash', null, null],
    ['auto without a current hash', 'auto', null],
    ['a current hash of no known format', null, 'hello'],
    ['a locked account', null, '!$6$salt$hash'],
    ['a name that is no format', 'rot13', null],
  ])('%s', async (_, format, current) => {
    await expect(
      quick.encode(PASSWORD, format, current === null ? null : secret(current)),
    ).rejects.toMatchObject(unknown);
  });
});

describe('FORMAT_WEAK', () => {
  const weak = KNOWN_FORMATS.filter((format) => format.weak).map(({ name }) => name);

  it.each(weak)('%s, unless the definition accepts it', async (format) => {
    const refused = { name: 'AppError', kind: 'invalid', code: 'FORMAT_WEAK' };
    await expect(quick.encode(PASSWORD, format, null)).rejects.toMatchObject(refused);
    await expect(quick.encode(PASSWORD, { reading: format }, null)).rejects.toMatchObject(refused);
    const current = await quick.encode(PASSWORD, accepting(format), null);
    await expect(quick.encode(PASSWORD, { reading: format }, current)).rejects.toMatchObject(refused);
  });
});

it.each(['', 'a\0b', '\udc00', 'x'.repeat(4097)])('refuses what is no password', async (text) => {
  await expect(quick.encode(secret(text), 'ldap-ssha', null)).rejects.toMatchObject({
    code: 'PASSWORD_UNUSABLE',
  });
  await expect(quick.hash(secret(text))).rejects.toMatchObject({ code: 'PASSWORD_UNUSABLE' });
});

describe('bcrypt-2y', () => {
  const Y = /^\$2y\$04\$/;

  it('has the letter that PHP writes, whatever it replaces, and is read as bcrypt', async () => {
    for (const letter of ['a', 'b', 'y', null]) {
      const current = letter === null ? null : secret(`$2${letter}$04$${'.'.repeat(53)}`);
      const hash = await quick.encode(PASSWORD, 'bcrypt-2y', current);
      expect(hash.reveal()).toMatch(Y);
      expect(await quick.verify(PASSWORD, hash)).toMatchObject({ result: 'match', format: 'bcrypt' });
    }
  });

  it('is a format to write, and none to read', () => {
    expect(WRITABLE_FORMATS).toContain('bcrypt-2y');
    expect(NAMES).not.toContain('bcrypt-2y');
    expect(maxHashLength('bcrypt-2y')).toBe(60);
  });
});
