import type { Transaction } from '../transaction.ts';
import { counterKey, type Counter } from './count-attempts.ts';

/** Takes back one attempt that turned out to be right, and the wait that it began. */
export async function takeBackAttempt(tx: Transaction, counter: Counter): Promise<void> {
  await tx.query(
    `UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), blocked_until = NULL WHERE key = $1`,
    [counterKey(counter)],
  );
}
