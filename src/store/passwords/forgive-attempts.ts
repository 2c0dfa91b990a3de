import type { Transaction } from '../transaction.ts';
import { counterKey, type Counter } from './count-attempts.ts';

/** What becomes of attempts that turned out to be right, or that nothing came of. */
export interface Forgiveness {
  /** Ends the waits of these: the person has proven who they are, or an operator unlocks them. */
  readonly reset?: readonly Counter[];
  /** Takes back one attempt each, and the wait that it began. */
  readonly takeBack?: readonly Counter[];
}

/**
 * One statement, which locks in the order in which attempts are counted: one who
 * is admitted and one who is being counted never wait for each other.
 */
export async function forgiveAttempts(tx: Transaction, forgiveness: Forgiveness): Promise<void> {
  const { reset = [], takeBack = [] } = forgiveness;
  await tx.query(
    `WITH locked AS (
       SELECT key FROM sign_in_attempts WHERE key = ANY($1 || $2::text[]) ORDER BY key FOR UPDATE)
     UPDATE sign_in_attempts AS counter
        SET failures = CASE WHEN counter.key = ANY($1) THEN 0 ELSE greatest(counter.failures - 1, 0) END,
            blocked_until = NULL
       FROM locked WHERE locked.key = counter.key`,
    [reset.map(counterKey), takeBack.map(counterKey)],
  );
}
