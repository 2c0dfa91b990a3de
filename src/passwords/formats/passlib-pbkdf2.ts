import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import type { Costs } from '../costs.ts';
import { pbkdf2 } from '../derive.ts';
import { fromPasslib64, toPasslib64 } from '../encodings.ts';
import type { FormatWriter, PasswordFormat } from './format.ts';

const HASH = /^\$pbkdf2(-sha256|-sha512)?\$([1-9]\d{0,9})\$([./A-Za-z0-9]{0,171})\$([./A-Za-z0-9]{27,86})$/;
const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;
type PasslibDigest = keyof typeof DIGEST_BYTES;
const SALT_BYTES = 16;
const SALT_CHARACTERS = 22;

interface Parsed {
  readonly iterations: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
}

function label(digest: PasslibDigest): string {
  return digest === 'sha1' ? '' : `-${digest}`;
}

function parse(hash: string, digest: PasslibDigest): Parsed | null {
  const [, named = '', iterations, salt = '', encoded = ''] = HASH.exec(hash) ?? [];
  const expected = fromPasslib64(encoded);
  if (named !== label(digest) || expected.length !== DIGEST_BYTES[digest]) return null;
  return { iterations: Number(iterations), salt: fromPasslib64(salt), expected };
}

function writer(digest: PasslibDigest, today: (costs: Costs) => number): FormatWriter {
  const digestBytes = DIGEST_BYTES[digest];
  return {
    length: `$pbkdf2${label(digest)}$600000$$`.length + SALT_CHARACTERS + Math.ceil((digestBytes * 4) / 3),
    write: async (password, { current, costs }) => {
      const old = current === null ? null : parse(current, digest);
      const kept = old && pbkdf2Within(old.iterations) ? old.iterations : 0;
      const iterations = Math.max(today(costs), kept);
      const salt = randomBytes(SALT_BYTES);
      const key = await pbkdf2(password, { digest, salt, iterations, length: digestBytes });
      return `$pbkdf2${label(digest)}$${iterations}$${toPasslib64(salt)}$${toPasslib64(key)}`;
    },
  };
}

function passlibFormat(digest: PasslibDigest, today?: (costs: Costs) => number): PasswordFormat {
  return {
    name: `passlib-pbkdf2-${digest}`,
    description: `passlib, pbkdf2_${digest}: \`$pbkdf2${label(digest)}$iterations$salt$hash\``,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash, digest);
      if (!parsed) return null;
      const { iterations, salt, expected } = parsed;
      return {
        affordable: pbkdf2Within(iterations),
        matches: async (password) =>
          sameBytes(await pbkdf2(password, { digest, salt, iterations, length: expected.length }), expected),
      };
    },
    ...(today && { writer: writer(digest, today) }),
  };
}

export const passlibPbkdf2Sha256 = passlibFormat('sha256', (costs) => costs.pbkdf2Sha256);
export const passlibPbkdf2Sha512 = passlibFormat('sha512', (costs) => costs.pbkdf2Sha512);
export const passlibPbkdf2Sha1 = passlibFormat('sha1');
