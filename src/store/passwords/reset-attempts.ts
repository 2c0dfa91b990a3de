import type { Transaction } from '../transaction.ts';
import { counterKey, type Counter } from './count-attempts.ts';

/** Ends the waits of these counters: the person has proven who they are, or an operator unlocks them. */
export async function resetAttempts(tx: Transaction, counters: readonly Counter[]): Promise<void> {
  await tx.query('UPDATE sign_in_attempts SET failures = 0, blocked_until = NULL WHERE key = ANY($1)', [
    counters.map(counterKey),
  ]);
}
