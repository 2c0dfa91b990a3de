import type { Secret } from '../../../connectors/contract/secret.ts';
import { isId } from '../../kernel/ids.ts';
import { deleteSomeSessions } from '../../store/passwords/delete-some-sessions.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { readSession } from './read-session.ts';

export interface EndOwnSessions {
  /** Of the person who asks; it stays, unless it is named itself. */
  readonly session: Secret;
  /** The id of one session; `others`: every one but this. */
  readonly which: string;
}

/**
 * Ends sessions of the person who is signed in; ids of other people's do nothing.
 *
 * @returns false when nobody is signed in with this session.
 */
export async function endOwnSessions(context: AppContext, request: EndOwnSessions): Promise<boolean> {
  const own = await readSession(context, request.session);
  if (own === null) return false;
  const { which } = request;
  if (which !== 'others' && !isId(which)) return true;
  const choice = which === 'others' ? { except: own.id } : { only: which };
  await context.store.transaction(async (tx) => {
    const ended = await deleteSomeSessions(tx, own.profileId, choice);
    if (ended === 0) return;
    await recordEvents(tx, { kind: 'person' }, [
      { profileId: own.profileId, kind: 'sessions-ended', detail: { sessions: ended } },
    ]);
  });
  return true;
}
