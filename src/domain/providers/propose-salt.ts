import { DIGESTS, type DigestName } from '../../../connectors/contract/password-format.ts';
import { saltScore } from './column-names.ts';
import type { Column } from './judge-column.ts';
import type { NearMiss, ProposedSalt } from './proposal.ts';

/** What can be said of a column that looks like the salts of the hashes in another. */
export interface SaltGuess {
  readonly salted: ProposedSalt | null;
  readonly nearMisses: readonly NearMiss[];
  readonly notes: readonly string[];
}

const NOTHING: SaltGuess = { salted: null, nearMisses: [], notes: [] };

/**
 * Looks for the column that holds the salts of the hashes in `password`, the column
 * that is taken for them or at least named like them. Only
 * digests in hexadecimal digits tell by their length what made them; in what order
 * salt and password were digested no hash tells, so that somebody has to say.
 */
export function proposeSalt(columns: readonly Column[], password: Column | undefined): SaltGuess {
  const [salt] = columns
    .filter((column) => column !== password && saltScore(column.name) > 0 && holdsSalts(column))
    .toSorted((a, b) => saltScore(b.name) - saltScore(a.name));
  if (salt === undefined || password === undefined) return NOTHING;
  if (password.shape.hashes.length > 0)
    return {
      ...NOTHING,
      nearMisses: [miss(salt, `the hashes in ${password.name} have their salt in themselves`)],
    };
  const digest = digestOf(password);
  if (digest === null) return { ...NOTHING, notes: [untold(salt, password)] };
  const reason = `its name; ${password.name} holds digests as long as those of ${digest.toUpperCase()}`;
  return { salted: { column: salt.name, digest, reason }, nearMisses: [], notes: [orderUntold(salt)] };
}

/** Long enough to be one, and nothing a person would read. */
const SALT = /^[\x21-\x7e]{2,128}$/;

/** Where no value could be looked at, the name has to do. */
function holdsSalts({ sample, shape }: Column): boolean {
  const values = sample.filter((value) => value.trim() !== '');
  if (shape.emails || shape.hashes.length > 0) return false;
  if (values.length === 0) return true;
  return values.every((value) => SALT.test(value)) && new Set(values).size > values.length / 2;
}

/** Of `sha1-hex`: `sha1`. */
function digestOf({ shape }: Column): DigestName | null {
  return DIGESTS.find((digest) => shape.couldBe.includes(`${digest}-hex`)) ?? null;
}

function miss({ name }: Column, reason: string): NearMiss {
  return { path: 'password.format', column: name, reason };
}

function untold(salt: Column, password: Column): string {
  return `${salt.name} looks like the salts of ${password.name}, whose format is not recognised: describe it in password.format, with salt: { column: ${salt.name} }`;
}

function orderUntold({ name }: Column): string {
  return `no hash tells how it was made of password and ${name}: compare password.format with the application, and set its order`;
}
