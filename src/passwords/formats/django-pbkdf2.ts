import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2 } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat, StoredHash } from './format.ts';

const HASH = /^pbkdf2_(sha1|sha256)\$([1-9]\d{0,9})\$([^$]{1,128})\$([A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=)$/;
const DIGEST_BYTES = { sha1: 20, sha256: 32 } as const;
type DjangoDigest = keyof typeof DIGEST_BYTES;
/** As Django: 128 bits and a little. */
const SALT_CHARACTERS = 22;
const LENGTH = 'pbkdf2_sha256$1200000$'.length + SALT_CHARACTERS + 1 + 44;

interface Parsed {
  readonly iterations: number;
  readonly salt: string;
  readonly expected: Buffer;
}

function parse(hash: string, digest: DjangoDigest): Parsed | null {
  const [, named, iterations, salt = '', encoded = ''] = HASH.exec(hash) ?? [];
  const expected = Buffer.from(encoded, 'base64');
  if (named !== digest || expected.length !== DIGEST_BYTES[digest]) return null;
  return { iterations: Number(iterations), salt, expected };
}

function read(hash: string, digest: DjangoDigest): StoredHash | null {
  const parsed = parse(hash, digest);
  if (!parsed) return null;
  const { iterations, salt, expected } = parsed;
  return {
    affordable: pbkdf2Within(iterations),
    matches: async (password) =>
      sameBytes(await pbkdf2(password, { digest, salt, iterations, length: expected.length }), expected),
  };
}

export const djangoPbkdf2Sha256: PasswordFormat = {
  name: 'django-pbkdf2-sha256',
  description: 'Django, PBKDF2PasswordHasher (its default): `pbkdf2_sha256$iterations$salt$hash`',
  weak: false,
  onlyNamed: false,
  read: (hash) => read(hash, 'sha256'),
  writer: {
    length: LENGTH,
    write: async (password, { current, costs }) => {
      const old = current === null ? null : parse(current, 'sha256');
      const kept = old && pbkdf2Within(old.iterations) ? old.iterations : 0;
      const iterations = Math.max(costs.djangoPbkdf2, kept);
      const salt = saltText(SALT_CHARACTERS);
      const key = await pbkdf2(password, { digest: 'sha256', salt, iterations, length: DIGEST_BYTES.sha256 });
      return `pbkdf2_sha256$${iterations}$${salt}$${key.toString('base64')}`;
    },
  },
};

export const djangoPbkdf2Sha1: PasswordFormat = {
  name: 'django-pbkdf2-sha1',
  description: 'Django, PBKDF2SHA1PasswordHasher: `pbkdf2_sha1$…`',
  weak: false,
  onlyNamed: false,
  read: (hash) => read(hash, 'sha1'),
};
