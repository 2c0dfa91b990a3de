import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { argon2Within, pbkdf2Within } from '../bounds.ts';
import type { Argon2Cost, Costs } from '../costs.ts';
import { argon2, pbkdf2, type Digest } from '../derive.ts';
import type { PasswordFormat, StoredHash } from './format.ts';

/** A credential as Keycloak keeps it: what is secret and what is not, both as JSON. */
export interface Credential {
  readonly secretData: string;
  readonly credentialData: string;
}

const PBKDF2_DIGESTS: Readonly<Record<string, Digest>> = {
  pbkdf2: 'sha1',
  'pbkdf2-sha256': 'sha256',
  'pbkdf2-sha512': 'sha512',
};
const SALT_BYTES = 16;
const PBKDF2_BYTES = 64;
const ARGON2_BYTES = 32;
const LEAST_BYTES = 16;
const MOST_BYTES = 128;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

interface Kept {
  readonly value: Buffer;
  readonly salt: Buffer;
}

/** Reads either kind of Keycloak's hashes. @returns null when it is neither, or damaged. */
export function readCredential({ secretData, credentialData }: Credential): StoredHash | null {
  const { value, salt } = parseObject(secretData);
  const { algorithm, hashIterations, additionalParameters } = parseObject(credentialData);
  const kept = { value: bytes(value), salt: bytes(salt) };
  const iterations = whole(hashIterations);
  if (!kept.value || !kept.salt || typeof algorithm !== 'string' || iterations === null) return null;
  if (kept.value.length < LEAST_BYTES || kept.value.length > MOST_BYTES) return null;
  const both = { value: kept.value, salt: kept.salt };
  if (algorithm === 'argon2') return readArgon2(both, iterations, additionalParameters);
  const digest = Object.hasOwn(PBKDF2_DIGESTS, algorithm) ? PBKDF2_DIGESTS[algorithm] : undefined;
  return digest === undefined ? null : readPbkdf2(both, digest, iterations);
}

function readPbkdf2({ value, salt }: Kept, digest: Digest, iterations: number): StoredHash {
  return {
    affordable: pbkdf2Within(iterations),
    matches: async (password) =>
      sameBytes(await pbkdf2(password, { digest, salt, iterations, length: value.length }), value),
  };
}

const VARIANTS = ['id', 'i', 'd'] as const;
const VERSIONS: Readonly<Record<string, number>> = { '1.0': 16, '1.3': 19 };
/** The algorithm needs eight blocks of a KiB for each lane, and a salt of eight bytes. */
const KIB_PER_LANE = 8;
const LEAST_SALT_BYTES = 8;

function readArgon2({ value, salt }: Kept, passes: number, parameters: unknown): StoredHash | null {
  const given = typeof parameters === 'object' && parameters !== null ? parameters : {};
  const parameter = (name: string): string => {
    const list: unknown = Object.getOwnPropertyDescriptor(given, name)?.value;
    return Array.isArray(list) && typeof list[0] === 'string' ? list[0] : '';
  };
  const cost = { passes, memoryKiB: Number(parameter('memory')), lanes: Number(parameter('parallelism')) };
  const variant = VARIANTS.find((name) => name === parameter('type'));
  const version = VERSIONS[parameter('version')];
  const whole = [cost.memoryKiB, cost.lanes].every((number) => Number.isSafeInteger(number) && number > 0);
  const possible = whole && cost.memoryKiB >= KIB_PER_LANE * cost.lanes && salt.length >= LEAST_SALT_BYTES;
  if (variant === undefined || version === undefined || !possible) return null;
  return {
    affordable: argon2Within(cost),
    matches: async (password) =>
      sameBytes(await argon2(password, { variant, version, cost, salt, length: value.length }), value),
  };
}

/** A new credential of the algorithm that the old one has; PBKDF2, which every version reads, without one. */
export async function writeCredential(
  password: string,
  old: Credential | null,
  costs: Costs,
): Promise<Credential> {
  const { algorithm, hashIterations } = parseObject(old?.credentialData ?? '');
  const salt = randomBytes(SALT_BYTES);
  if (algorithm === 'argon2') return await writeArgon2(password, salt, costs.keycloakArgon2);
  const kept = algorithm === 'pbkdf2-sha512' ? (whole(hashIterations) ?? 0) : 0;
  const iterations = Math.max(costs.pbkdf2Sha512, pbkdf2Within(kept) ? kept : 0);
  const value = await pbkdf2(password, { digest: 'sha512', salt, iterations, length: PBKDF2_BYTES });
  return print({ value, salt }, { hashIterations: iterations, algorithm: 'pbkdf2-sha512', parameters: {} });
}

async function writeArgon2(password: string, salt: Buffer, cost: Argon2Cost): Promise<Credential> {
  const value = await argon2(password, { variant: 'id', version: 19, cost, salt, length: ARGON2_BYTES });
  const parameters = {
    hashLength: [String(ARGON2_BYTES)],
    memory: [String(cost.memoryKiB)],
    type: ['id'],
    version: ['1.3'],
    parallelism: [String(cost.lanes)],
  };
  return print({ value, salt }, { hashIterations: cost.passes, algorithm: 'argon2', parameters });
}

function print(
  { value, salt }: Kept,
  about: { readonly hashIterations: number; readonly algorithm: string; readonly parameters: object },
): Credential {
  const secret = { value: value.toString('base64'), salt: salt.toString('base64'), additionalParameters: {} };
  const { hashIterations, algorithm, parameters: additionalParameters } = about;
  return {
    secretData: JSON.stringify(secret),
    credentialData: JSON.stringify({ hashIterations, algorithm, additionalParameters }),
  };
}

/** @returns an empty object for anything that is not one. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{') || !text.endsWith('}')) return {};
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}

function bytes(value: unknown): Buffer | null {
  return typeof value === 'string' && BASE64.test(value) ? Buffer.from(value, 'base64') : null;
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function exported(hash: string): Credential | null {
  const { type, secretData, credentialData } = parseObject(hash);
  if (type !== undefined && type !== 'password') return null;
  return typeof secretData === 'string' && typeof credentialData === 'string'
    ? { secretData, credentialData }
    : null;
}

/** As in the files that Keycloak exports: the whole credential in one text. */
export const keycloak: PasswordFormat = {
  name: 'keycloak',
  description: 'Keycloak’s credential as exported: JSON with `secretData` and `credentialData`',
  weak: false,
  onlyNamed: false,
  read: (hash) => {
    const credential = exported(hash);
    return credential && readCredential(credential);
  },
  writer: {
    length: null,
    write: async (password, { current, costs }) => {
      const old = current === null ? null : exported(current);
      return JSON.stringify({ type: 'password', ...(await writeCredential(password, old, costs)) });
    },
  },
};
