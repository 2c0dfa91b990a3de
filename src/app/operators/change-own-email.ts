import { isEmail } from '../../domain/profiles/identifiers.ts';
import { invalid } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { setOperatorEmail } from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';
import type { Caller } from './caller.ts';

/**
 * Says where the operator who is signed in gets test e-mails; null for nowhere.
 * Nobody signs in with it, and no link is sent to it.
 *
 * @throws AppError `OPERATOR_INVALID` when it is not one plain address.
 */
export async function changeOwnEmail(
  context: Pick<AppContext, 'store' | 'keyring'>,
  caller: Extract<Caller, { kind: 'session' }>,
  email: string | null,
): Promise<void> {
  if (email !== null && !isEmail(email)) throw notAnAddress();
  const { operatorId: id, name } = caller;
  await context.store.transaction(async (tx) => {
    await setOperatorEmail(tx, id, email);
    const entry = {
      actor: name,
      action: 'operator.set-email',
      subject: name,
      detail: { set: email !== null },
    };
    await appendAudit(tx, context.keyring, entry);
  });
}

function notAnAddress(): Error {
  return invalid('OPERATOR_INVALID', 'The address was not changed.', [
    {
      path: 'email',
      code: 'EMAIL_INVALID',
      message: 'is not one plain address',
      remedy: 'Give one address such as anna@example.com.',
    },
  ]);
}
