import type { Secret } from '../../../connectors/contract/secret.ts';
import { findLatestWriteBack, type LatestWriteBack } from '../../store/passwords/find-latest-write-back.ts';
import { findPersonById } from '../../store/passwords/find-person-by-id.ts';
import { findSessionsOf, type ListedSession } from '../../store/passwords/find-sessions-of.ts';
import type { AppContext } from '../context.ts';
import { readSession } from './read-session.ts';

/** What a signed-in person sees about themselves. */
export interface Account {
  readonly profileId: string;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  /** Where the password in force is, or will be, updated too; null when nowhere else. */
  readonly writeBack: LatestWriteBack | null;
  /** Everywhere the person is signed in, here first. */
  readonly sessions: readonly OwnSession[];
}

export interface OwnSession extends ListedSession {
  /** The one that asks. */
  readonly here: boolean;
}

/** @returns null when nobody is signed in with this session. */
export async function readAccount(context: AppContext, session: Secret): Promise<Account | null> {
  const found = await readSession(context, session);
  const person = found === null ? null : await findPersonById(context.store.read, found.profileId);
  if (person === null) return null;
  const fullName = [person.givenName, person.familyName].filter((part) => part !== null).join(' ');
  return {
    profileId: person.id,
    username: person.username,
    name: person.displayName ?? (fullName === '' ? person.username : fullName),
    email: person.email,
    writeBack: await findLatestWriteBack(context.store.read, person.id),
    sessions: await ownSessions(context, person.id, found?.id),
  };
}

async function ownSessions(
  context: AppContext,
  profileId: string,
  ownId: string | undefined,
): Promise<readonly OwnSession[]> {
  const sessions = await findSessionsOf(context.store.read, profileId);
  return sessions
    .map((session) => ({ ...session, here: session.id === ownId }))
    .toSorted((a, b) => Number(b.here) - Number(a.here));
}
