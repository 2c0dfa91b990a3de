import type { Secret } from '../../../connectors/contract/secret.ts';
import { findPersonById } from '../../store/passwords/find-person-by-id.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import type { Person } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { beginRefusal } from './answer-time.ts';
import type { Visitor } from './begin-session.ts';
import { checkToken } from './check-token.ts';
import { accountCounter } from './counters.ts';
import { makeAttempt } from './make-attempt.ts';
import { readSession } from './read-session.ts';
import { setPassword, type SetPasswordOutcome, type TypedPassword } from './set-password.ts';
import { verifyPerson } from './verify-person.ts';

/** A ticket is what a sign-in with a temporary password yields; it stands for that password. */
export type ChangeProof =
  { readonly ticket: Secret } | { readonly session: Secret; readonly currentPassword: Secret };

export interface ChangePasswordInput {
  readonly proof: ChangeProof;
  readonly typed: TypedPassword;
  /** Null with a ticket: nobody is signed in by this. */
  readonly visitor: Visitor | null;
}

export type ChangePasswordOutcome =
  | SetPasswordOutcome
  /** The current password is not right, or was tried too often. */
  | { readonly outcome: 'refused' };

/** Changes a password; every session ends, and the one this begins, for a visitor, takes their place. */
export async function changePassword(
  context: AppContext,
  input: ChangePasswordInput,
): Promise<ChangePasswordOutcome> {
  const { proof, typed, visitor } = input;
  if ('ticket' in proof) {
    const good = await checkToken(context, 'change-password', proof.ticket);
    if (good === null) return { outcome: 'expired' };
    const consumed = { tokenHash: good.tokenHash, purpose: 'change-password' } as const;
    return await setPassword(context, { person: good.person, typed, proof: consumed, visitor });
  }
  const session = await readSession(context, proof.session);
  const person = session === null ? null : await findPersonById(context.store.read, session.profileId);
  if (person === null) return { outcome: 'expired' };
  if (!(await knowsCurrent(context, person, proof.currentPassword))) return { outcome: 'refused' };
  const { passwordVersion } = person;
  return await setPassword(context, { person, typed, proof: { passwordVersion }, visitor });
}

/** Counted like a sign-in: a stolen session is no place to guess. */
async function knowsCurrent(context: AppContext, person: Person, password: Secret): Promise<boolean> {
  const longEnough = beginRefusal(context.passwords);
  const counters = [accountCounter(person.id)];
  const verified = await makeAttempt(
    context,
    counters,
    async (allowed) => await verifyPerson(context, allowed ? person : null, password),
  );
  // Whatever becomes of the new password, the current one was right.
  if (verified !== null) await forgiveAttempts(context.store.read, { takeBack: counters });
  else await longEnough();
  return verified !== null;
}
