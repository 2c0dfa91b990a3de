import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Person, PersonLink } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { providerHash } from './effective-hash.ts';

/** What becomes of a new password at the provider. */
export type WriteBackPlan =
  /** No provider, or one that takes no passwords. */
  | { readonly kind: 'none' }
  /** Nothing says in which format, the format is weak and nobody accepted that, or its pepper is missing here. */
  | { readonly kind: 'impossible'; readonly providerName: string; readonly code: string }
  | {
      readonly kind: 'planned';
      readonly providerId: string;
      readonly providerName: string;
      readonly recordKey: string;
      /** In the provider's format. */
      readonly hash: Secret;
      /** What we believe the provider holds; null: no hash. Where hashes are not read, what is compared instead. */
      readonly expected: Secret | null;
    };

/**
 * Computes the hash for the provider while the password is in memory. Belongs
 * before the transaction: hashing takes up to half a second.
 */
export async function planWriteBack(
  context: AppContext,
  person: Person,
  password: Secret,
): Promise<WriteBackPlan> {
  const rules = person.link?.definition.password;
  if (person.link === null || rules?.column === undefined || !rules.writeBack.enabled)
    return { kind: 'none' };
  const { providerId, providerName, recordKey } = person.link;
  const { format, weakFormatAccepted, compare } = rules.writeBack;
  // Where hashes are not read, there is none whose format could be taken over.
  const present = compare === undefined ? heldThere(context, person) : null;
  const expected = compare === undefined ? present : comparedThere(person.link);
  try {
    const order = { format, reading: rules.format, weakAccepted: weakFormatAccepted !== undefined };
    const hash = await context.passwords.encode(password, order, present);
    return { kind: 'planned', providerId, providerName, recordKey, hash, expected };
  } catch (error) {
    if (error instanceof AppError && IMPOSSIBLE.has(error.code))
      return { kind: 'impossible', providerName, code: error.code };
    throw error;
  }
}

function heldThere(context: AppContext, { id, providerHash: sealed }: Person): Secret | null {
  return sealed === null ? null : providerHash(context, id, sealed);
}

function comparedThere({ compared }: PersonLink): Secret | null {
  return compared === null ? null : new Secret(compared);
}

/** Somebody has to change the definition or the environment: the password is set here all the same. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(['FORMAT_UNKNOWN', 'FORMAT_WEAK', 'PEPPER_MISSING']);
