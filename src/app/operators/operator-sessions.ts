import { missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import {
  deleteOperatorSessions,
  listOperatorSessions as selectSessions,
  type ListedOperatorSession,
} from '../../store/operators/operator-sessions.ts';
import type { AppContext } from '../context.ts';
import { readOperator } from './read-operator.ts';

export type { ListedOperatorSession } from '../../store/operators/operator-sessions.ts';

/** Where an operator is signed in, newest first. @throws AppError `OPERATOR_NOT_FOUND` */
export async function listOperatorSessions(
  context: Pick<AppContext, 'store' | 'settings'>,
  who: string,
): Promise<readonly ListedOperatorSession[]> {
  const { id } = await readOperator(context, who);
  return await selectSessions(context.store.read, id);
}

/**
 * Ends one session of an operator, or all of them.
 *
 * @param request.sessionId null for all.
 * @returns how many ended.
 * @throws AppError `OPERATOR_NOT_FOUND`, or `SESSION_NOT_FOUND` for one that is not there.
 */
export async function endOperatorSessions(
  context: AppContext,
  request: { readonly who: string; readonly sessionId: string | null; readonly actor: string },
): Promise<number> {
  const { who, sessionId, actor } = request;
  const { id, name } = await readOperator(context, who);
  if (sessionId !== null && !isId(sessionId)) throw missing('session', sessionId);
  return await context.store.transaction(async (tx) => {
    const which = sessionId === null ? { except: null } : { id: sessionId };
    const ended = await deleteOperatorSessions(tx, id, which);
    if (ended === 0 && sessionId !== null) throw missing('session', sessionId);
    const detail = { sessions: ended };
    await appendAudit(tx, context.keyring, { actor, action: 'operator.end-sessions', subject: name, detail });
    return ended;
  });
}
