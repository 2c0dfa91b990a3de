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

function djangoPbkdf2(digest: DjangoDigest, hasher: string): PasswordFormat {
  return {
    name: `django-pbkdf2-${digest}`,
    description: `Django, ${hasher}: \`pbkdf2_${digest}$iterations$salt$hash\``,
    weak: false,
    onlyNamed: false,
    read: (hash) => read(hash, digest),
    writer: {
      length:
        `pbkdf2_${digest}$1200000$`.length + SALT_CHARACTERS + 1 + Math.ceil(DIGEST_BYTES[digest] / 3) * 4,
      write: async (password, { current, costs }) => {
        const old = current === null ? null : parse(current, digest);
        const kept = old && pbkdf2Within(old.iterations) ? old.iterations : 0;
        const iterations = Math.max(costs.djangoPbkdf2, kept);
        const salt = saltText(SALT_CHARACTERS);
        const key = await pbkdf2(password, { digest, salt, iterations, length: DIGEST_BYTES[digest] });
        return `pbkdf2_${digest}$${iterations}$${salt}$${key.toString('base64')}`;
      },
    },
  };
}

export const djangoPbkdf2Sha256 = djangoPbkdf2('sha256', 'PBKDF2PasswordHasher (its default)');
export const djangoPbkdf2Sha1 = djangoPbkdf2('sha1', 'PBKDF2SHA1PasswordHasher');
