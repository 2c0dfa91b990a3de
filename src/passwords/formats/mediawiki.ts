import { createHash, randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2, type Digest } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const PBKDF2 =
  /^:pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,9}):([1-9]\d{1,2}):([A-Za-z0-9+/]{4,170}={0,2}):([A-Za-z0-9+/]{22,172}={0,2})$/;
const SALT_BYTES = 16;
const KEY_BYTES = 64;
const MOST_KEY_BYTES = 128;

interface Parsed {
  readonly digest: Digest;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
}

function parse(hash: string): Parsed | null {
  const [, digest, iterations, length, salt = '', key = ''] = PBKDF2.exec(hash) ?? [];
  const expected = Buffer.from(key, 'base64');
  if (digest === undefined || expected.length !== Number(length) || expected.length > MOST_KEY_BYTES)
    return null;
  return {
    digest: digest as Digest,
    iterations: Number(iterations),
    salt: Buffer.from(salt, 'base64'),
    expected,
  };
}

export const mediawikiPbkdf2: PasswordFormat = {
  name: 'mediawiki-pbkdf2',
  description: 'MediaWiki (its default): `:pbkdf2:sha512:iterations:64:salt:hash`',
  weak: false,
  onlyNamed: false,
  read: (hash) => {
    const parsed = parse(hash);
    if (!parsed) return null;
    const { digest, iterations, salt, expected } = parsed;
    return {
      affordable: pbkdf2Within(iterations),
      matches: async (password) =>
        sameBytes(await pbkdf2(password, { digest, salt, iterations, length: expected.length }), expected),
    };
  },
  writer: {
    length: `:pbkdf2:sha512:210000:64:${'='.repeat(24)}:${'='.repeat(88)}`.length,
    write: async (password, { current, costs }) => {
      const old = current === null ? null : parse(current);
      const kept = old?.digest === 'sha512' && pbkdf2Within(old.iterations) ? old.iterations : 0;
      const iterations = Math.max(costs.pbkdf2Sha512, kept);
      const salt = randomBytes(SALT_BYTES);
      const key = await pbkdf2(password, { digest: 'sha512', salt, iterations, length: KEY_BYTES });
      return `:pbkdf2:sha512:${iterations}:${KEY_BYTES}:${salt.toString('base64')}:${key.toString('base64')}`;
    },
  },
};

const OLD = /^:(?:A|B:([^:]{1,128})):([0-9a-f]{32})$/;
const SALT_CHARACTERS = 8;

function oldDigest(password: string, salt: string | undefined): Buffer {
  const inner = createHash('md5').update(password);
  if (salt === undefined) return inner.digest();
  return createHash('md5')
    .update(`${salt}-${inner.digest('hex')}`)
    .digest();
}

export const mediawikiMd5: PasswordFormat = {
  name: 'mediawiki-md5',
  description: 'MediaWiki’s oldest: `:A:hex`, `:B:salt:hex`',
  weak: true,
  onlyNamed: false,
  read: (hash) => {
    const [, salt, hex] = OLD.exec(hash) ?? [];
    if (hex === undefined) return null;
    const expected = Buffer.from(hex, 'hex');
    return {
      affordable: true,
      matches: (password) => Promise.resolve(sameBytes(oldDigest(password, salt), expected)),
    };
  },
  writer: {
    length: ':B:'.length + SALT_CHARACTERS + 1 + 32,
    write: (password) => {
      const salt = saltText(SALT_CHARACTERS);
      return Promise.resolve(`:B:${salt}:${oldDigest(password, salt).toString('hex')}`);
    },
  },
};
