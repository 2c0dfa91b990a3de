import { availableParallelism } from 'node:os';
import type { Cause } from '../../domain/cause.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { requestInvitations } from '../../store/mail/request-invitations.ts';
import { isTakenMeanwhile } from '../../store/profiles/find-taken.ts';
import { insertProfiles, type NewProfile } from '../../store/profiles/insert-profiles.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { localHashBinding } from '../passwords/hash-bindings.ts';
import type { CheckedPerson } from './check-person.ts';

/** As many as the hasher works on at once, so that people who sign in find room in its queue. */
const HASHING = availableParallelism();
const BATCH = 1_000;
/** Passwords between two words about progress: about a second. */
const TELL_EVERY = 50;

/** Gives people their ids and hashes their temporary passwords. Takes about 30 ms of a core for each password. */
export async function preparePeople(
  context: AppContext,
  people: readonly CheckedPerson[],
  onDone?: (done: number) => void,
): Promise<readonly NewProfile[]> {
  const prepared: NewProfile[] = [];
  for (let at = 0; at < people.length; at += HASHING) {
    const few = people.slice(at, at + HASHING).map((person) => prepare(context, person));
    prepared.push(...(await Promise.all(few)));
    if (at % TELL_EVERY < HASHING) onDone?.(prepared.length);
  }
  return prepared;
}

async function prepare(
  { passwords, keyring }: AppContext,
  { fields, forceReset, preRegistration, temporaryPassword }: CheckedPerson,
): Promise<NewProfile> {
  const id = newId();
  const hash = temporaryPassword === null ? null : await passwords.hash(temporaryPassword);
  const localHash = hash === null ? null : keyring.seal(hash, localHashBinding(id));
  return { id, fields, forceReset, preRegistration, localHash };
}

/**
 * Adds prepared people, and asks for the e-mails of those who are pre-registered.
 *
 * @returns how many e-mails were asked for.
 */
export async function enterPeople(
  context: AppContext,
  tx: Transaction,
  about: {
    readonly profiles: readonly NewProfile[];
    readonly cause: Cause;
    /** Their invitations wait until somebody releases them. */
    readonly hold: boolean;
    readonly onBatch?: (entered: number) => void;
  },
): Promise<number> {
  const { profiles, cause, hold } = about;
  const { sharedEmail } = context.settings;
  let emails = 0;
  for (let at = 0; at < profiles.length; at += BATCH) {
    const batch = profiles.slice(at, at + BATCH);
    await insertProfiles(tx, { profiles: batch, sharedEmail, cause });
    const invited = batch.filter(({ preRegistration }) => preRegistration).map(({ id }) => id);
    emails += (await requestInvitations(tx, { profileIds: invited, cause, hold })).length;
    about.onBatch?.(at + batch.length);
  }
  return emails;
}

/** Whatever went wrong, in words where a name was taken between looking and writing. */
export function takenMeanwhile(error: unknown): unknown {
  if (!isTakenMeanwhile(error)) return error;
  return new AppError({
    kind: 'conflict',
    code: 'NAME_TAKEN_MEANWHILE',
    message: 'A username or an address was taken by somebody else at the same moment; nothing was changed.',
    remedy: 'Try again.',
    cause: error,
  });
}
