import { createHash } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { argon2Within } from '../bounds.ts';
import type { Argon2Cost } from '../costs.ts';
import { argon2 } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat, StoredHash } from './format.ts';

/** Digest, salt, and how it was made; several steps where an upgrade has hashed old hashes again. */
const HASH = /^([0-9a-f]{32}|[0-9a-f]{64}):([^:]{1,128}):([0-9_]{1,40}(?::[0-9_]{1,40}){0,2})$/;
const AGNOSTIC = /^3_(\d{1,3})_(\d{1,3})_(\d{1,12})$/;
const ARGON2_SALT_BYTES = 16;
const SALT_CHARACTERS = 32;
const SEED_BYTES = 32;
/** libsodium's interactive limits, which version 2 means. */
const INTERACTIVE: Argon2Cost = { memoryKiB: 65_536, passes: 2, lanes: 1 };

type Step =
  | { readonly kind: 'md5' | 'sha256' }
  | { readonly kind: 'argon2'; readonly cost: Argon2Cost; readonly length: number };

function readStep(version: string): Step | null {
  if (version === '0') return { kind: 'md5' };
  if (version === '1') return { kind: 'sha256' };
  if (version === '2') return { kind: 'argon2', cost: INTERACTIVE, length: SEED_BYTES };
  const [, length, passes, bytes] = AGNOSTIC.exec(version) ?? [];
  if (length === undefined) return null;
  const cost = { memoryKiB: Math.floor(Number(bytes) / 1024), passes: Number(passes), lanes: 1 };
  const possible = cost.passes >= 1 && cost.memoryKiB >= 8 && Number(length) === SEED_BYTES;
  return possible ? { kind: 'argon2', cost, length: SEED_BYTES } : null;
}

interface Parsed {
  readonly expected: Buffer;
  readonly salt: string;
  readonly steps: readonly Step[];
}

function parse(hash: string): Parsed | null {
  const [, hex = '', salt = '', versions = ''] = HASH.exec(hash) ?? [];
  const steps = versions.split(':').map(readStep);
  const known = steps.filter((step) => step !== null);
  const bytes = known.at(-1)?.kind === 'md5' ? 16 : SEED_BYTES;
  if (known.length < steps.length || hex.length !== bytes * 2) return null;
  return { expected: Buffer.from(hex, 'hex'), salt, steps: known };
}

async function take(step: Step, text: string, salt: string): Promise<string> {
  if (step.kind !== 'argon2')
    return createHash(step.kind)
      .update(salt + text)
      .digest('hex');
  // A shorter one, of hashes that came from Magento 1, is repeated.
  const bytes = Buffer.alloc(ARGON2_SALT_BYTES, salt);
  const options = { variant: 'id', version: 19, cost: step.cost, salt: bytes, length: step.length } as const;
  return (await argon2(text, options)).toString('hex');
}

function stored({ expected, salt, steps }: Parsed): StoredHash {
  return {
    affordable: steps.every((step) => step.kind !== 'argon2' || argon2Within(step.cost)),
    weak: steps.every(({ kind }) => kind === 'md5'),
    matches: async (password) => {
      let text = password;
      for (const step of steps) text = await take(step, text, salt);
      return sameBytes(Buffer.from(text, 'hex'), expected);
    },
  };
}

export const magento: PasswordFormat = {
  name: 'magento',
  description:
    'Magento 2: `hex:salt:version`, MD5 (0), SHA-256 (1) or Argon2id (2, 3), also one over the other',
  weak: false,
  onlyNamed: false,
  read: (hash) => {
    const parsed = parse(hash);
    return parsed && stored(parsed);
  },
  writer: {
    length: 64 + 1 + SALT_CHARACTERS + ':3_32_2_67108864'.length,
    write: async (password, { costs }) => {
      const salt = saltText(SALT_CHARACTERS);
      const cost = costs.magentoArgon2;
      const hex = await take({ kind: 'argon2', cost, length: SEED_BYTES }, password, salt);
      return `${hex}:${salt}:3_${SEED_BYTES}_${cost.passes}_${cost.memoryKiB * 1024}`;
    },
  },
};
