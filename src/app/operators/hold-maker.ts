import { AppError } from '../../kernel/errors.ts';
import { isInForce, type MadeBy } from '../../store/operators/made-by.ts';
import { lockOperators } from '../../store/operators/operators.ts';
import type { Transaction } from '../../store/transaction.ts';

/**
 * Makes sure that whoever makes something has not ended since they were let in, and does not until the transaction
 * ends: otherwise what they make would outlast them.
 *
 * @throws AppError `MAKER_ENDED`
 */
export async function holdMaker(tx: Transaction, by: MadeBy): Promise<void> {
  await lockOperators(tx);
  if (await isInForce(tx, by)) return;
  throw new AppError({
    kind: 'unauthenticated',
    code: 'MAKER_ENDED',
    message: 'Whoever asks for this was shut out while it was asked for; nothing was made.',
    remedy: 'Sign in, or send another token: Authorization: Bearer TOKEN',
  });
}
