import type { Secret } from '../../../connectors/contract/secret.ts';
import { hasControls } from '../../domain/profiles/identifiers.ts';
import type { Verification } from '../../passwords/hasher.ts';
import { findPersonByName } from '../../store/passwords/find-person-by-name.ts';
import { lockPasswordVersion } from '../../store/passwords/lock-password-version.ts';
import type { Person } from '../../store/passwords/person.ts';
import { rehashLocalPassword } from '../../store/passwords/rehash-local-password.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { beginRefusal } from './answer-time.ts';
import { beginSession, type Visitor } from './begin-session.ts';
import { attemptCounters } from './counters.ts';
import { localHashBinding } from './hash-bindings.ts';
import { hashIfRoom } from './hash-if-room.ts';
import { makeAttempt } from './make-attempt.ts';
import { makeToken } from './make-token.ts';
import { verifyPerson } from './verify-person.ts';

export interface SignInInput {
  /** A username or an e-mail address. */
  readonly name: string;
  readonly password: Secret;
  readonly visitor: Visitor;
}

/** `admitted` is what the caller makes of a person whose password is right and good. */
export type ProofOutcome<Admitted> =
  | { readonly outcome: 'signed-in'; readonly admitted: Admitted }
  /** The password was right and is good for one thing: choosing a new one. The ticket is what allows it. */
  | { readonly outcome: 'change-required'; readonly ticket: Secret }
  /** One answer, after one time, for every reason there is. */
  | { readonly outcome: 'refused' };

/** How long the page that asks for a new password may stay open. */
export const TICKET_SECONDS = 15 * 60;

const REFUSED = { outcome: 'refused' } as const;

export type SignInOutcome = ProofOutcome<Secret>;

/** Signs a person in here. @returns with `admitted`, the cookie's value of the new session. */
export async function signIn(context: AppContext, input: SignInInput): Promise<SignInOutcome> {
  return await provePerson(context, input, async (tx, { id }) => {
    await recordEvents(tx, { kind: 'person' }, [{ profileId: id, kind: 'signed-in', detail: {} }]);
    return await beginSession(context, tx, { profileId: id, visitor: input.visitor });
  });
}

/** Makes something of a person who is admitted, in the transaction that says so. */
export type Admit<Admitted> = (tx: Transaction, person: Person) => Promise<Admitted>;

/**
 * Finds out whether a password is right and what it is good for. The attempt is
 * counted before anything is verified.
 *
 * @throws AppError `HASHING_BUSY` when too many sign in at once; the attempt does not count then.
 */
export async function provePerson<Admitted>(
  context: AppContext,
  input: SignInInput,
  admitted: Admit<Admitted>,
): Promise<ProofOutcome<Admitted>> {
  const longEnough = beginRefusal(context.passwords);
  const person = hasControls(input.name)
    ? null
    : await findPersonByName(context.store.read, input.name.trim());
  const counters = attemptCounters('sign-in', {
    profileId: person?.id ?? null,
    name: input.name,
    address: input.visitor.address,
  });
  const verification = await makeAttempt(
    context,
    [counters.address, counters.account],
    async (allowed) => await verifyPerson(context, allowed ? person : null, input.password),
  );
  const outcome =
    person !== null && verification !== null
      ? await admit(context, { person, verification, input, counters, admitted })
      : REFUSED;
  context.logger.info('sign-in', { profileId: person?.id ?? null, outcome: outcome.outcome });
  if (outcome.outcome === 'refused') await longEnough();
  return outcome;
}

interface Admission<Admitted> {
  readonly person: Person;
  readonly verification: Verification;
  readonly input: SignInInput;
  readonly counters: ReturnType<typeof attemptCounters>;
  readonly admitted: Admit<Admitted>;
}

async function admit<Admitted>(
  context: AppContext,
  about: Admission<Admitted>,
): Promise<ProofOutcome<Admitted>> {
  const { person, verification, input } = about;
  const rehashed = verification.outdated ? await hashIfRoom(context.passwords, input.password) : null;
  return await context.store.transaction(async (tx) => {
    if (!(await lockPasswordVersion(tx, { profileId: person.id, passwordVersion: person.passwordVersion })))
      return REFUSED;
    await forgiveAttempts(tx, { reset: [about.counters.account], takeBack: [about.counters.address] });
    if (person.forceReset || verification.weak) {
      const ticket = { purpose: 'change-password', profileId: person.id } as const;
      const { text } = await makeToken(context, tx, { ...ticket, lifetimeSeconds: TICKET_SECONDS });
      return { outcome: 'change-required', ticket: text };
    }
    if (rehashed !== null)
      await rehashLocalPassword(tx, {
        profileId: person.id,
        passwordVersion: person.passwordVersion,
        localHash: context.keyring.seal(rehashed, localHashBinding(person.id)),
      });
    return { outcome: 'signed-in', admitted: await about.admitted(tx, person) };
  });
}
