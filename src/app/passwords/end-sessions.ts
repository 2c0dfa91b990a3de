import { appendAudit } from '../../store/operators/append-audit.ts';
import { deleteSomeSessions } from '../../store/passwords/delete-some-sessions.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { findProfile } from '../profiles/find-profile.ts';

export interface EndedSessions {
  readonly profileId: string;
  readonly username: string;
  readonly ended: number;
}

/** Signs somebody out everywhere, for support. Again is as good as once. @throws as {@link findProfile}. */
export async function endSessions(context: AppContext, who: string, actor: string): Promise<EndedSessions> {
  const { id, username } = await findProfile(context, who);
  return await context.store.transaction(async (tx) => {
    const ended = await deleteSomeSessions(tx, id, 'all');
    const cause = { kind: 'operator', name: actor } as const;
    const detail = { sessions: ended };
    if (ended > 0) await recordEvents(tx, cause, [{ profileId: id, kind: 'sessions-ended', detail }]);
    await appendAudit(tx, context.keyring, { actor, action: 'profile.end-sessions', subject: id, detail });
    return { profileId: id, username, ended };
  });
}
