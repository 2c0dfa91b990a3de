import type { Secret } from '../../../connectors/contract/secret.ts';
import type { Verification } from '../../passwords/hasher.ts';
import type { Person } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { askProvider, isCheckedByProvider } from './ask-provider.ts';
import { effectiveHash } from './effective-hash.ts';

/** Nothing is known of how the provider keeps it, and nothing of it is kept here. */
const RIGHT: Verification = { result: 'match', format: null, weak: false, outdated: false };

/**
 * Checks a password that a person claims. Takes the time of a verification also
 * for nobody, for people who may not sign in and for people without a password.
 * Who has no hash here is asked about at the provider, where the definition says how.
 *
 * @returns null unless the password is right and the person may use it.
 */
export async function verifyPerson(
  context: AppContext,
  person: Person | null,
  password: Secret,
): Promise<Verification | null> {
  const usable = person?.enabled === true && !person.preRegistration;
  if (usable && isCheckedByProvider(person)) {
    const right = await context.passwords.measure(() => askProvider(context, person.link, password));
    return right ? RIGHT : null;
  }
  const stored = usable ? effectiveHash(context, person) : null;
  if (stored === null) {
    await context.passwords.waste(password);
    return null;
  }
  const verification = await context.passwords.verify(password, stored.hash, stored.format);
  return verification.result === 'match' ? verification : null;
}
