import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { pbkdf2, type Digest } from '../derive.ts';
import type { PasswordFormat, StoredHash } from './format.ts';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const V2_MARKER = 0;
const V3_MARKER = 1;
const V2_SALT_BYTES = 16;
const V2_BYTES = 1 + V2_SALT_BYTES + 32;
const V2_ITERATIONS = 1000;
/** Marker, then pseudo-random function, iterations and length of the salt, four bytes each. */
const V3_HEADER_BYTES = 13;
const V3_LEAST_BYTES = 16;
const V3_MOST_BYTES = 128;
/** By their numbers in KeyDerivationPrf. */
const V3_FUNCTIONS: readonly Digest[] = ['sha1', 'sha256', 'sha512'];
const SHA512_NUMBER = 2;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

function decode(hash: string, marker: number): Buffer | null {
  if (!BASE64.test(hash) || hash.length % 4 !== 0) return null;
  const bytes = Buffer.from(hash, 'base64');
  return bytes[0] === marker ? bytes : null;
}

interface Parsed {
  readonly digest: Digest;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
}

function stored({ digest, iterations, salt, expected }: Parsed): StoredHash {
  return {
    affordable: pbkdf2Within(iterations),
    matches: async (password) =>
      sameBytes(await pbkdf2(password, { digest, salt, iterations, length: expected.length }), expected),
  };
}

function parseV3(hash: string): Parsed | null {
  const bytes = decode(hash, V3_MARKER);
  if (!bytes || bytes.length < V3_HEADER_BYTES) return null;
  const digest = V3_FUNCTIONS[bytes.readUInt32BE(1)];
  const iterations = bytes.readUInt32BE(5);
  const saltBytes = bytes.readUInt32BE(9);
  const keyBytes = bytes.length - V3_HEADER_BYTES - saltBytes;
  const sizes = [saltBytes, keyBytes].every((size) => size >= V3_LEAST_BYTES && size <= V3_MOST_BYTES);
  if (digest === undefined || iterations < 1 || !sizes) return null;
  const body = bytes.subarray(V3_HEADER_BYTES);
  return { digest, iterations, salt: body.subarray(0, saltBytes), expected: body.subarray(saltBytes) };
}

export const aspnetIdentityV3: PasswordFormat = {
  name: 'aspnet-identity-v3',
  description: 'ASP.NET Core Identity, version 3: base 64 that begins with `AQAAAA`',
  weak: false,
  onlyNamed: false,
  read: (hash) => {
    const parsed = parseV3(hash);
    return parsed && stored(parsed);
  },
  writer: {
    length: Math.ceil((V3_HEADER_BYTES + SALT_BYTES + KEY_BYTES) / 3) * 4,
    write: async (password, { current, costs }) => {
      const old = current === null ? null : parseV3(current);
      const kept = old?.digest === 'sha512' && pbkdf2Within(old.iterations) ? old.iterations : 0;
      const iterations = Math.max(costs.aspnetIdentity, kept);
      const salt = randomBytes(SALT_BYTES);
      const key = await pbkdf2(password, { digest: 'sha512', salt, iterations, length: KEY_BYTES });
      const header = Buffer.alloc(V3_HEADER_BYTES);
      header.writeUInt8(V3_MARKER, 0);
      header.writeUInt32BE(SHA512_NUMBER, 1);
      header.writeUInt32BE(iterations, 5);
      header.writeUInt32BE(SALT_BYTES, 9);
      return Buffer.concat([header, salt, key]).toString('base64');
    },
  },
};

export const aspnetIdentityV2: PasswordFormat = {
  name: 'aspnet-identity-v2',
  description: 'ASP.NET Identity, versions 1 and 2: base 64 of 49 bytes, the first of them zero',
  weak: false,
  onlyNamed: false,
  read: (hash) => {
    const bytes = decode(hash, V2_MARKER);
    if (bytes?.length !== V2_BYTES) return null;
    const salt = bytes.subarray(1, 1 + V2_SALT_BYTES);
    const expected = bytes.subarray(1 + V2_SALT_BYTES);
    return stored({ digest: 'sha1', iterations: V2_ITERATIONS, salt, expected });
  },
  writer: {
    length: Math.ceil(V2_BYTES / 3) * 4,
    // Its applications know no other cost; a definition that wants more names version 3.
    write: async (password) => {
      const salt = randomBytes(V2_SALT_BYTES);
      const options = { digest: 'sha1', salt, iterations: V2_ITERATIONS, length: KEY_BYTES } as const;
      const key = await pbkdf2(password, options);
      return Buffer.concat([Buffer.from([V2_MARKER]), salt, key]).toString('base64');
    },
  },
};
