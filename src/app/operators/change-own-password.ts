import type { Secret } from '../../../connectors/contract/secret.ts';
import { invalid } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { deleteOperatorSessions } from '../../store/operators/operator-sessions.ts';
import { setOperatorPassword } from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';
import type { Caller } from './caller.ts';
import { operatorPasswordProblems, sealOperatorPassword } from './operator-password.ts';
import { provePassword } from './prove-password.ts';

/**
 * Changes the password of whoever is signed in. Their other sessions end.
 *
 * @throws AppError `PASSWORD_WRONG`, or `OPERATOR_INVALID` with every reason against the new one.
 */
export async function changeOwnPassword(
  context: AppContext,
  request: {
    readonly caller: Extract<Caller, { kind: 'session' }>;
    readonly current: Secret;
    readonly password: Secret;
  },
): Promise<void> {
  const { caller, current, password } = request;
  const { operatorId: id, name, sessionId } = caller;
  await provePassword(context, id, current);
  const problems = await operatorPasswordProblems(context, name, password);
  if (problems.length > 0) throw invalid('OPERATOR_INVALID', 'The password was not changed.', problems);
  const sealed = await sealOperatorPassword(context, id, password);
  await context.store.transaction(async (tx) => {
    await setOperatorPassword(tx, id, sealed);
    await deleteOperatorSessions(tx, id, { except: sessionId });
    const entry = { actor: name, action: 'operator.set-password', subject: name, detail: { by: 'password' } };
    await appendAudit(tx, context.keyring, entry);
  });
}
