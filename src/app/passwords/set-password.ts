import type { Secret } from '../../../connectors/contract/secret.ts';
import {
  DEFAULT_MINIMUM,
  passwordProblems,
  type PasswordProblemCode,
} from '../../domain/passwords/policy.ts';
import { loadBlocklist } from '../../passwords/blocklist.ts';
import type { WriteBackState } from '../../store/entities/effects.ts';
import { requestEmails } from '../../store/mail/request-emails.ts';
import { deleteSessionsOf } from '../../store/passwords/delete-sessions-of.ts';
import type { Person } from '../../store/passwords/person.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import { setLocalPassword, type PasswordProof } from '../../store/passwords/set-local-password.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { beginSession, type Visitor } from './begin-session.ts';
import { accountCounter } from './counters.ts';
import { effectiveHash } from './effective-hash.ts';
import { localHashBinding } from './hash-bindings.ts';
import { planWriteBack, type WriteBackPlan } from './plan-write-back.ts';
import { requestWriteBack } from './request-write-back.ts';
import { waitForWriteBack } from './wait-for-write-back.ts';

/** The new password as it was typed, twice. */
export interface TypedPassword {
  readonly password: Secret;
  readonly again: Secret;
}

/** Why a password cannot be taken; the pages say each in the person's language. */
export interface PasswordFault {
  /** A code of the policy, or one of the two that need the other field or the stored hash. */
  readonly code: PasswordProblemCode | 'PASSWORDS_DIFFER' | 'SAME_AS_CURRENT';
  /** Numbers that the text about it names. */
  readonly params: Readonly<Record<string, number>>;
}

/** How far the new password has come on its way to the provider. */
export interface WriteBackNotice {
  readonly providerName: string;
  /** `failed`: it could not even be sent on its way. */
  readonly state: WriteBackState;
}

export type SetPasswordOutcome =
  | {
      readonly outcome: 'set';
      readonly writeBack: WriteBackNotice | null;
      /** Null unless a session was asked for. */
      readonly session: Secret | null;
    }
  /** All faults at once; nothing was consumed. */
  | { readonly outcome: 'unsuitable'; readonly faults: readonly PasswordFault[] }
  /** The link or ticket is unknown, used, too old, or of an older password. */
  | { readonly outcome: 'expired' };

export interface SetPasswordRequest {
  readonly person: Person;
  readonly typed: TypedPassword;
  readonly proof: PasswordProof;
  /** Signs the person in here, after every other session has ended; null: nobody is signed in by this. */
  readonly visitor: Visitor | null;
}

/** Behaviour: the page says within two seconds whether the provider has the password too. */
const WRITE_BACK_WAIT_MS = 2_000;

/**
 * Sets a password: in one transaction the proof is consumed, the password stored,
 * both flags cleared, every session ended, the e-mail about it and the write-back
 * requested. Then waits up to two seconds for the write-back.
 */
export async function setPassword(
  context: AppContext,
  request: SetPasswordRequest,
): Promise<SetPasswordOutcome> {
  const faults = await findFaults(context, request);
  if (faults.length > 0) return { outcome: 'unsuitable', faults };
  const { person, typed } = request;
  // Side by side: a person waits for the slowest of them, not for their sum.
  const [same, hash, plan] = await Promise.all([
    isCurrent(context, person, typed.password),
    context.passwords.hash(typed.password),
    planWriteBack(context, person, typed.password),
  ]);
  if (same) return { outcome: 'unsuitable', faults: [{ code: 'SAME_AS_CURRENT', params: {} }] };
  const localHash = context.keyring.seal(hash, localHashBinding(person.id));
  const done = await context.store
    .transaction(async (tx) => await store(context, tx, { ...request, localHash, plan }))
    .catch((error: unknown) => {
      if (error === LOST) return null;
      throw error;
    });
  if (done === null) return { outcome: 'expired' };
  context.logger.info('a password was set', { profileId: person.id });
  return { outcome: 'set', session: done.session, writeBack: await notice(context, plan, done.writeBackId) };
}

async function findFaults(
  context: AppContext,
  { person, typed }: SetPasswordRequest,
): Promise<readonly PasswordFault[]> {
  const about = {
    productName: context.settings.productName,
    username: person.username,
    email: person.email,
    names: [person.givenName, person.familyName, person.displayName].filter((name) => name !== null),
  };
  const blocklist = await loadBlocklist();
  const minimum = context.settings.passwordMinimum ?? DEFAULT_MINIMUM;
  const problems = passwordProblems(typed.password.reveal(), about, { blocklist, minimum });
  const same = typed.again.reveal() === typed.password.reveal();
  return same ? problems : [...problems, { code: 'PASSWORDS_DIFFER', params: {} }];
}

async function isCurrent(context: AppContext, person: Person, password: Secret): Promise<boolean> {
  const current = effectiveHash(context, person);
  if (current === null) return false;
  const { result } = await context.passwords.verify(password, current.hash, current.format);
  return result === 'match';
}

/** Rolls the transaction back when somebody else was first. */
const LOST = new Error('the proof no longer holds');

interface Storing extends SetPasswordRequest {
  readonly localHash: Buffer;
  readonly plan: WriteBackPlan;
}

async function store(
  context: AppContext,
  tx: Transaction,
  { person, proof, visitor, localHash, plan }: Storing,
): Promise<{ session: Secret | null; writeBackId: string | null }> {
  const cause = { kind: 'person' } as const;
  const profileId = person.id;
  if (!(await setLocalPassword(tx, { profileId, localHash, proof }))) throw LOST;
  await deleteSessionsOf(tx, profileId);
  await forgiveAttempts(tx, { reset: [accountCounter(profileId)] });
  const by = 'purpose' in proof ? proof.purpose : 'current-password';
  await recordEvents(tx, cause, [{ profileId, kind: 'password-set', detail: { by } }]);
  if (person.email !== null) await requestEmails(tx, 'password-set', { profileIds: [profileId], cause });
  const writeBackId = await requestWriteBack(context, tx, { profileId, plan, cause });
  const session = visitor === null ? null : await beginSession(context, tx, { profileId, visitor });
  return { session, writeBackId };
}

async function notice(
  context: AppContext,
  plan: WriteBackPlan,
  writeBackId: string | null,
): Promise<WriteBackNotice | null> {
  if (plan.kind === 'none') return null;
  const { providerName } = plan;
  if (writeBackId === null) return { providerName, state: 'failed' };
  const state = await waitForWriteBack(context, writeBackId, WRITE_BACK_WAIT_MS);
  return { providerName, state: state ?? 'pending' };
}
