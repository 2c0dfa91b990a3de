import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2, type Digest } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HASH = /^pbkdf2:(sha1|sha224|sha256|sha384|sha512):([1-9]\d{0,9})\$([^$]{1,128})\$([0-9a-f]{40,128})$/;
const DIGEST_BYTES: Readonly<Record<Digest, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};
const SALT_CHARACTERS = 16;
const LENGTH = 'pbkdf2:sha256:1000000$'.length + SALT_CHARACTERS + 1 + 64;

interface Parsed {
  readonly digest: Digest;
  readonly iterations: number;
  readonly salt: string;
  readonly expected: Buffer;
}

function parse(hash: string): Parsed | null {
  const [, named, iterations, salt = '', hex = ''] = HASH.exec(hash) ?? [];
  if (named === undefined) return null;
  const digest = named as Digest;
  const expected = Buffer.from(hex, 'hex');
  if (expected.length !== DIGEST_BYTES[digest]) return null;
  return { digest, iterations: Number(iterations), salt, expected };
}

export const werkzeugPbkdf2: PasswordFormat = {
  name: 'werkzeug-pbkdf2',
  description: 'Werkzeug and Flask: `pbkdf2:sha256:iterations$salt$hex`',
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
    length: LENGTH,
    write: async (password, { current, costs }) => {
      const old = current === null ? null : parse(current);
      const kept = old?.digest === 'sha256' && pbkdf2Within(old.iterations) ? old.iterations : 0;
      const iterations = Math.max(costs.werkzeugPbkdf2, kept);
      const salt = saltText(SALT_CHARACTERS);
      const key = await pbkdf2(password, { digest: 'sha256', salt, iterations, length: DIGEST_BYTES.sha256 });
      return `pbkdf2:sha256:${iterations}$${salt}$${key.toString('hex')}`;
    },
  },
};
