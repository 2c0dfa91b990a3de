import type { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { findOperatorById, type OperatorRow } from '../../store/operators/operators.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import type { AppContext } from '../context.ts';
import { makeAttempt } from '../passwords/make-attempt.ts';
import { operatorCounter } from './operator-counters.ts';
import { operatorPasswordBinding } from './operator-password.ts';

/**
 * Makes sure that whoever has a session also knows the password: an unlocked
 * screen is not enough for what changes who can get in. Counted like a sign-in.
 *
 * @throws AppError `PASSWORD_WRONG`, also when it was tried too often.
 */
export async function provePassword(
  context: AppContext,
  operatorId: string,
  password: Secret,
): Promise<void> {
  const operator = await findOperatorById(context.store.read, operatorId);
  const counters = [operatorCounter(operatorId, '')];
  const right = await makeAttempt(
    context,
    counters,
    async (allowed) => await isRight(context, allowed ? operator : null, password),
  );
  if (!right) throw wrong();
  await forgiveAttempts(context.store.read, { reset: counters });
}

async function isRight(
  context: AppContext,
  operator: OperatorRow | null,
  password: Secret,
): Promise<boolean> {
  if (operator?.password == null) {
    await context.passwords.waste(password);
    return false;
  }
  const stored = context.keyring.open(operator.password, operatorPasswordBinding(operator.id));
  return (await context.passwords.verify(password, stored)).result === 'match';
}

function wrong(): AppError {
  return new AppError({
    kind: 'forbidden',
    code: 'PASSWORD_WRONG',
    message: 'The password is not right, or was tried too often.',
    remedy: 'Type the password that you sign in with; after several wrong ones, wait.',
  });
}
