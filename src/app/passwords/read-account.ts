import type { Secret } from '../../../connectors/contract/secret.ts';
import { findLatestWriteBack, type LatestWriteBack } from '../../store/passwords/find-latest-write-back.ts';
import { findPersonById } from '../../store/passwords/find-person-by-id.ts';
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
  };
}
