import { findSessionsOf, type ListedSession } from '../../store/passwords/find-sessions-of.ts';
import type { AppContext } from '../context.ts';
import { findProfile } from '../profiles/find-profile.ts';

export type { ListedSession };

/** Where somebody is signed in, for support. @throws as {@link findProfile}. */
export async function listSessions(context: AppContext, who: string): Promise<readonly ListedSession[]> {
  const { id } = await findProfile(context, who);
  return await findSessionsOf(context.store.read, id);
}
