import { changeFault, isOwn } from '../../domain/operators/operator-rules.ts';
import type { OperatorRole } from '../../domain/operators/scopes.ts';
import { AppError } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { MadeBy } from '../../store/operators/made-by.ts';
import { endOperatorLinks } from '../../store/operators/operator-links.ts';
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
import { COMMAND_LINE } from './caller.ts';
import { endAccess } from './end-access.ts';
import { holdMaker } from './hold-maker.ts';
import { makeOneTimeLink, type OneTimeLink } from './one-time-link.ts';
import { readOperator, type ShownOperator } from './read-operator.ts';

export interface OperatorChange {
  /** An id or a name. */
  readonly who: string;
  readonly role?: OperatorRole | undefined;
  readonly disabled?: boolean | undefined;
  readonly actor: string;
  /** The operator who asks, or who made the token that does; null at the command line. */
  readonly operatorId: string | null;
}

/**
 * Changes an operator's role, or disables or enables them. Disabling ends their
 * sessions, links and tokens at once (see {@link endAccess}); a new role counts
 * from the next request on.
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
    if (!disabled) await setOperatorDisabled(tx, id, false);
    const tokens = disabled ? await endAccess(tx, id) : [];
    const { actor } = change;
    const detail = { changes, ...(tokens.length === 0 ? {} : { tokens }) };
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'operator.change',
      subject: present.name,
      detail,
    });
  });
  return await readOperator(context, id);
}

async function refuseUnwise(
  tx: Transaction,
  about: { readonly present: OperatorRow; readonly change: OperatorChange; readonly remains: boolean },
): Promise<void> {
  const { present, change, remains } = about;
  const isAdmin = present.role === 'admin' && present.disabledAt === null && present.password !== null;
  const otherAdmins = await countOtherAdmins(tx, [present.id]);
  const asked = { asker: change.operatorId, target: present.id, isAdmin, remains, otherAdmins };
  const fault = changeFault(asked);
  if (fault === 'own') throw ownAccount('Nobody changes their own role or disables themselves.');
  if (fault === 'last-admin')
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
 * @param request.by with whom the link ends; default: the command line, with which nothing does.
 * @throws AppError `OPERATOR_NOT_FOUND`, `OPERATOR_DISABLED`, `OWN_ACCOUNT` for oneself, or `MAKER_ENDED`.
 */
export async function inviteOperator(
  context: AppContext,
  request: {
    readonly who: string;
    readonly dropSecondFactor: boolean;
    readonly actor: string;
    readonly by?: MadeBy | undefined;
  },
): Promise<{ readonly name: string; readonly link: OneTimeLink }> {
  const { actor, dropSecondFactor, by = COMMAND_LINE } = request;
  const { id, name, state } = await readOperator(context, request.who);
  if (isOwn(by.operatorId, id)) throw ownAccount('Nobody sends themselves a link.');
  if (state === 'disabled')
    throw new AppError({
      kind: 'conflict',
      code: 'OPERATOR_DISABLED',
      message: `${name} is disabled.`,
      remedy: 'Enable them first.',
    });
  return await context.store.transaction(async (tx) => {
    await holdMaker(tx, by);
    await endOperatorLinks(tx, id);
    if (dropSecondFactor) await removeSecondFactor(tx, id);
    const detail = { dropSecondFactor };
    await appendAudit(tx, context.keyring, { actor, action: 'operator.invite', subject: name, detail });
    return { name, link: await makeOneTimeLink(context, tx, { operatorId: id, by }) };
  });
}

function ownAccount(message: string): AppError {
  const remedy =
    'Your own password and second factor are under “Your account”; for the rest ask another admin, or use the command line.';
  return new AppError({ kind: 'conflict', code: 'OWN_ACCOUNT', message, remedy });
}
