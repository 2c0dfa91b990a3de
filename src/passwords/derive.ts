import { pbkdf2 as nodePbkdf2, scrypt as nodeScrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2Hash } from 'argon2';
import type { Argon2Cost, ScryptCost } from './costs.ts';

export type Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

export interface Pbkdf2Options {
  readonly digest: Digest;
  readonly salt: Buffer | string;
  readonly iterations: number;
  readonly length: number;
}

const pbkdf2Async = promisify(nodePbkdf2);

/** Runs on libuv's threads, as do the other two. */
export function pbkdf2(password: string, options: Pbkdf2Options): Promise<Buffer> {
  return pbkdf2Async(password, options.salt, options.iterations, options.length, options.digest);
}

export interface ScryptOptions {
  readonly cost: ScryptCost;
  readonly salt: Buffer | string;
  readonly length: number;
}

export function scrypt(password: string, { cost, salt, length }: ScryptOptions): Promise<Buffer> {
  // Node refuses above 32 MiB unless told; the algorithm needs 128 × r × (N + p), and a little more.
  const maxmem = 128 * cost.r * (cost.n + cost.p) + 1024 * 1024;
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem };
  return new Promise((resolve, reject) => {
    nodeScrypt(password, salt, length, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

const ARGON2_TYPES = { d: 0, i: 1, id: 2 } as const;

export interface Argon2Options {
  readonly variant: keyof typeof ARGON2_TYPES;
  readonly version: number;
  readonly cost: Argon2Cost;
  readonly salt: Buffer;
  readonly length: number;
}

export function argon2(password: string, options: Argon2Options): Promise<Buffer> {
  return argon2Hash(password, {
    raw: true,
    type: ARGON2_TYPES[options.variant],
    version: options.version,
    memoryCost: options.cost.memoryKiB,
    timeCost: options.cost.passes,
    parallelism: options.cost.lanes,
    salt: options.salt,
    hashLength: options.length,
  });
}

/** Compares two texts in a time that depends on neither content. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
