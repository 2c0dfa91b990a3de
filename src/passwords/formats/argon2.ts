import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { argon2Within } from '../bounds.ts';
import { TODAYS_COSTS, type Argon2Cost, type Costs } from '../costs.ts';
import { argon2 } from '../derive.ts';
import { unpadded } from '../encodings.ts';
import type { FormatWriter, PasswordFormat, StoredHash } from './format.ts';

const PHC =
  /^\$argon2(id|i|d)(?:\$v=(16|19))?\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,8})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,171})$/;
/** A PHC string without a version is of the first one. */
const FIRST_VERSION = '16';
const VERSION = 19;
const SALT_BYTES = 16;
const DIGEST_BYTES = 32;
/** The algorithm needs eight blocks of a KiB for each lane. */
const KIB_PER_LANE = 8;

type Variant = 'id' | 'i' | 'd';

interface Argon2Hash {
  readonly variant: Variant;
  readonly version: number;
  readonly cost: Argon2Cost;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

function parse(hash: string): Argon2Hash | null {
  const [, variant, version = FIRST_VERSION, m, t, p, salt = '', digest = ''] = PHC.exec(hash) ?? [];
  const cost = { memoryKiB: Number(m), passes: Number(t), lanes: Number(p) };
  const possible = cost.passes >= 1 && cost.lanes >= 1 && cost.memoryKiB >= KIB_PER_LANE * cost.lanes;
  if (variant === undefined || !possible) return null;
  return {
    variant: variant as Variant,
    version: Number(version),
    cost,
    salt: Buffer.from(salt, 'base64'),
    digest: Buffer.from(digest, 'base64'),
  };
}

function stored(hash: Argon2Hash): StoredHash {
  const { variant, version, cost, salt, digest } = hash;
  return {
    affordable: argon2Within(cost),
    matches: async (password) =>
      sameBytes(await argon2(password, { variant, version, cost, salt, length: digest.length }), digest),
  };
}

/** Whether `current` costs as much as `today` or more, in memory and in passes. */
function noWeaker(current: Argon2Cost, today: Argon2Cost): boolean {
  return current.memoryKiB >= today.memoryKiB && current.passes >= today.passes;
}

/** The cost for a new hash: the current one's where that is no weaker and affordable. */
function costFor(current: string | null, variant: Variant, today: Argon2Cost): Argon2Cost {
  const old = current === null ? null : parse(current);
  return old?.variant === variant && argon2Within(old.cost) && noWeaker(old.cost, today) ? old.cost : today;
}

function print(
  { variant, cost }: { readonly variant: Variant; readonly cost: Argon2Cost },
  salt: Buffer,
  digest: Buffer,
): string {
  const costs = `m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}`;
  return `$argon2${variant}$v=${VERSION}$${costs}$${unpadded(salt)}$${unpadded(digest)}`;
}

export async function writeArgon2id(password: string, cost: Argon2Cost): Promise<string> {
  return await writePhc(password, 'id', cost);
}

async function writePhc(password: string, variant: Variant, cost: Argon2Cost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const options = { variant, version: VERSION, cost, salt, length: DIGEST_BYTES };
  return print(options, salt, await argon2(password, options));
}

/** A well-formed hash of no password at all: verifying against it takes the usual time and never matches. */
export function unmatchable(cost: Argon2Cost): string {
  return print({ variant: 'id', cost }, randomBytes(SALT_BYTES), randomBytes(DIGEST_BYTES));
}

/** Whether a hash is argon2id of at least that cost. */
export function argon2idAtLeast(hash: string, cost: Argon2Cost): boolean {
  const parsed = parse(hash);
  return parsed?.variant === 'id' && parsed.version === VERSION && noWeaker(parsed.cost, cost);
}

interface Dialect {
  readonly name: string;
  readonly description: string;
  /** What stands before the PHC string. */
  readonly prefix: string;
  /** What is read; the first is what is written. */
  readonly variants: readonly [Variant, ...Variant[]];
  readonly today: (costs: Costs) => Argon2Cost;
}

function argon2Format({ name, description, prefix, variants, today }: Dialect): PasswordFormat {
  const phc = (hash: string): string | null => (hash.startsWith(prefix) ? hash.slice(prefix.length) : null);
  const [variant] = variants;
  const cost = today(TODAYS_COSTS);
  const writer: FormatWriter = {
    length:
      prefix.length + print({ variant, cost }, Buffer.alloc(SALT_BYTES), Buffer.alloc(DIGEST_BYTES)).length,
    write: async (password, { current, costs }) => {
      const kept = costFor(current === null ? null : phc(current), variant, today(costs));
      return prefix + (await writePhc(password, variant, kept));
    },
  };
  return {
    name,
    description,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(phc(hash) ?? '');
      return parsed && variants.includes(parsed.variant) ? stored(parsed) : null;
    },
    writer,
  };
}

export const argon2id = argon2Format({
  name: 'argon2id',
  description: 'Argon2id, PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`',
  prefix: '',
  variants: ['id'],
  today: (costs) => costs.argon2id,
});

export const argon2i = argon2Format({
  name: 'argon2i',
  description: 'Argon2i, PHC string: `$argon2i$…`',
  prefix: '',
  variants: ['i'],
  today: (costs) => costs.argon2i,
});

export const argon2d = argon2Format({
  name: 'argon2d',
  description: 'Argon2d, PHC string: `$argon2d$…`',
  prefix: '',
  variants: ['d'],
  today: (costs) => costs.argon2id,
});

export const djangoArgon2 = argon2Format({
  name: 'django-argon2',
  description: 'Django, Argon2PasswordHasher: `argon2$argon2id$v=19$…`',
  prefix: 'argon2',
  variants: ['id', 'i', 'd'],
  today: (costs) => costs.djangoArgon2,
});

/** As PHP's password_hash writes it: read like any other, written at PHP's own cost. */
export const phpArgon2id = argon2Format({
  name: 'argon2id',
  description: 'Argon2id at the cost of PHP',
  prefix: '',
  variants: ['id'],
  today: (costs) => costs.phpArgon2,
});
