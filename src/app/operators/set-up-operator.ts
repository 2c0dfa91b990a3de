import type { Secret } from '../../../connectors/contract/secret.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { consumeOperatorLink, findOperatorLink } from '../../store/operators/operator-links.ts';
import { deleteOperatorSessions } from '../../store/operators/operator-sessions.ts';
import {
  countOperators,
  findOperatorById,
  insertOperator,
  lockOperators,
  noteLetIn,
  setOperatorPassword,
} from '../../store/operators/operators.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { operatorCounter } from './operator-counters.ts';
import { operatorNameProblems } from './operator-name.ts';
import { operatorPasswordProblems, sealOperatorPassword } from './operator-password.ts';

/** What a one-time link is good for. */
export interface LinkPurpose {
  /** `first`: it makes the first operator, who chooses the name. */
  readonly purpose: 'first' | 'password';
  /** Null for the first operator. */
  readonly name: string | null;
}

/** What a one-time link is good for; looking uses nothing up. @throws AppError `LINK_REFUSED` */
export async function checkOperatorLink(context: AppContext, token: Secret): Promise<LinkPurpose> {
  const { read } = context.store;
  const link = await findOperatorLink(read, hashToken(token.reveal()));
  if (link === null) throw refused();
  if (link.operatorId === null) {
    if ((await countOperators(read)) > 0) throw refused();
    return { purpose: 'first', name: null };
  }
  const operator = await findOperatorById(read, link.operatorId);
  if (operator?.disabledAt !== null) throw refused();
  return { purpose: 'password', name: operator.name };
}

/**
 * Uses a one-time link: the operator it was made for gets the password that they
 * chose, and every session of theirs ends; or the first operator, an admin, is made.
 *
 * @param request.name for the first operator; otherwise it is not looked at.
 * @returns the operator's name, to sign in with.
 * @throws AppError `LINK_REFUSED`, or `OPERATOR_INVALID` with every problem; the link is good as before then.
 */
export async function setUpOperator(
  context: AppContext,
  request: { readonly token: Secret; readonly name: string | null; readonly password: Secret },
): Promise<{ readonly name: string }> {
  const { token, password } = request;
  const link = await checkOperatorLink(context, token);
  const name = link.name ?? (request.name ?? '').trim();
  const problems = [
    ...(link.purpose === 'first' ? operatorNameProblems(name) : []),
    ...(await operatorPasswordProblems(context, name, password)),
  ];
  if (problems.length > 0) throw invalid('OPERATOR_INVALID', 'Nothing was set up.', problems);
  const tokenHash = hashToken(token.reveal());
  const found = await findOperatorLink(context.store.read, tokenHash);
  const id = found?.operatorId ?? newId();
  const sealed = await sealOperatorPassword(context, id, password);
  await context.store.transaction(async (tx) => {
    await lockOperators(tx);
    const used = await consumeOperatorLink(tx, tokenHash);
    if (used === null) throw refused();
    if (link.purpose === 'first') await insertFirst(tx, id, name);
    await setOperatorPassword(tx, id, sealed);
    await noteLetIn(tx, id, used.madeWith);
    await deleteOperatorSessions(tx, id, { except: null });
    await forgiveAttempts(tx, { reset: [operatorCounter(id, name)] });
    const action = link.purpose === 'first' ? 'operator.create' : 'operator.set-password';
    const detail = link.purpose === 'first' ? { role: 'admin', by: 'first-link' } : { by: 'link' };
    await appendAudit(tx, context.keyring, { actor: name, action, subject: name, detail });
  });
  return { name };
}

async function insertFirst(tx: Transaction, id: string, name: string): Promise<void> {
  if ((await countOperators(tx)) > 0) throw refused();
  await insertOperator(tx, { id, name, nameKey: usernameKey(name), role: 'admin' });
}

function refused(): AppError {
  return new AppError({
    kind: 'forbidden',
    code: 'LINK_REFUSED',
    message: 'This link is not good any more, or never was.',
    remedy: 'Ask an admin for a new one, or run: bin/tributary operator create',
  });
}
