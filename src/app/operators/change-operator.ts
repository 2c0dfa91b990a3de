import type { OperatorRole } from '../../domain/operators/scopes.ts';
import { AppError } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { endOperatorLinks } from '../../store/operators/operator-links.ts';
import { deleteOperatorSessions } from '../../store/operators/operator-sessions.ts';
import {
  countOtherAdmins,
  lockOperator,
  lockOperators,
  setOperatorDisabled,
  setOperatorRole,
  type OperatorRow,
} from '../../store/operators/operators.ts';
import { removeSecondFactor } from '../../store/operators/second-factors.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { makeOneTimeLink, type OneTimeLink } from './one-time-link.ts';
import { readOperator, type ShownOperator } from './read-operator.ts';

export interface OperatorChange {
  /** An id or a name. */
  readonly who: string;
  readonly role?: OperatorRole | undefined;
  readonly disabled?: boolean | undefined;
  readonly actor: string;
  /** The operator who asks; null at the command line. */
  readonly operatorId: string | null;
}

/**
 * Changes an operator's role, or disables or enables them. Disabling ends their
 * sessions, links and tokens at once; a new role counts from the next request on.
 *
 * @throws AppError `OPERATOR_NOT_FOUND`, `OWN_ACCOUNT` for one's own, `LAST_ADMIN` when nobody would be left.
 */
export async function changeOperator(context: AppContext, change: OperatorChange): Promise<ShownOperator> {
  const { id } = await readOperator(context, change.who);
  await context.store.transaction(async (tx) => {
    await lockOperators(tx);
    const present = await lockOperator(tx, id);
    if (present === null) throw new Error('operators are never removed');
    const { role = present.role, disabled = present.disabledAt !== null } = change;
    const changes = {
      ...(role === present.role ? {} : { role: { from: present.role, to: role } }),
      ...(disabled === (present.disabledAt !== null) ? {} : { disabled: { from: !disabled, to: disabled } }),
    };
    if (Object.keys(changes).length === 0) return;
    await refuseUnwise(tx, { present, change, remains: role === 'admin' && !disabled });
    await setOperatorRole(tx, id, role);
    await setOperatorDisabled(tx, id, disabled);
    if (disabled) {
      await deleteOperatorSessions(tx, id, { except: null });
      await endOperatorLinks(tx, id);
    }
    const { actor } = change;
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'operator.change',
      subject: present.name,
      detail: { changes },
    });
  });
  return await readOperator(context, id);
}

async function refuseUnwise(
  tx: Transaction,
  about: { readonly present: OperatorRow; readonly change: OperatorChange; readonly remains: boolean },
): Promise<void> {
  const { present, change, remains } = about;
  if (change.operatorId === present.id)
    throw new AppError({
      kind: 'conflict',
      code: 'OWN_ACCOUNT',
      message: 'Nobody changes their own role or disables themselves.',
      remedy: 'Ask another admin, or use the command line.',
    });
  const isAdmin = present.role === 'admin' && present.disabledAt === null && present.password !== null;
  if (isAdmin && !remains && (await countOtherAdmins(tx, present.id)) === 0)
    throw new AppError({
      kind: 'conflict',
      code: 'LAST_ADMIN',
      message: `${present.name} is the last admin who can sign in.`,
      remedy: 'Make another admin first.',
    });
}

/**
 * A new link for an operator who has forgotten their password or lost their
 * second factor, which ends. Their sessions end when they use the link.
 *
 * @throws AppError `OPERATOR_NOT_FOUND`, or `OPERATOR_DISABLED`.
 */
export async function inviteOperator(
  context: AppContext,
  request: { readonly who: string; readonly dropSecondFactor: boolean; readonly actor: string },
): Promise<{ readonly name: string; readonly link: OneTimeLink }> {
  const { id, name, state } = await readOperator(context, request.who);
  if (state === 'disabled')
    throw new AppError({
      kind: 'conflict',
      code: 'OPERATOR_DISABLED',
      message: `${name} is disabled.`,
      remedy: 'Enable them first.',
    });
  const { actor, dropSecondFactor } = request;
  return await context.store.transaction(async (tx) => {
    await endOperatorLinks(tx, id);
    if (dropSecondFactor) await removeSecondFactor(tx, id);
    const detail = { dropSecondFactor };
    await appendAudit(tx, context.keyring, { actor, action: 'operator.invite', subject: name, detail });
    return { name, link: await makeOneTimeLink(context, tx, id) };
  });
}
