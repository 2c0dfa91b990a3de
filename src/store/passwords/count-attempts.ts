import { countAttempt, type ThrottleKind, type ThrottleState } from '../../domain/passwords/throttle.ts';
import type { Transaction } from '../transaction.ts';

/** One counter: what is counted, and of whom. */
export interface Counter {
  readonly kind: ThrottleKind;
  readonly of: string;
}

interface CounterRow extends ThrottleState {
  readonly key: string;
}

export function counterKey(counter: Counter): string {
  return `${counter.kind}/${counter.of}`;
}

/**
 * Counts one attempt on several counters, or on none when one of them refuses.
 * The counters stay locked until the transaction ends, so that of any number of
 * parallel attempts no more are allowed than one after the other.
 *
 * @returns whether the attempt may be made.
 */
export async function countAttempts(tx: Transaction, counters: readonly Counter[]): Promise<boolean> {
  const keys = counters.map(counterKey);
  // Sorted, so that two attempts lock in the same order and cannot wait for each other; the update only locks.
  const rows = await tx.query<CounterRow[]>(
    `INSERT INTO sign_in_attempts (key, failures)
     SELECT key, 0 FROM unnest($1::text[]) AS wanted (key) ORDER BY key
     ON CONFLICT (key) DO UPDATE SET failures = sign_in_attempts.failures
     RETURNING key, failures,
       CASE WHEN blocked_until IS NULL THEN 0
            WHEN blocked_until = 'infinity' THEN 1e9
            ELSE extract(epoch FROM blocked_until - clock_timestamp()) END::float8 AS "waitSeconds",
       extract(epoch FROM clock_timestamp() - last_at)::float8 AS "idleSeconds"`,
    [keys],
  );
  const decisions = counters.map((counter) => {
    const state = rows.find((row) => row.key === counterKey(counter));
    if (state === undefined) throw new Error('a counter that was just written is missing');
    return { key: state.key, ...countAttempt(counter.kind, state) };
  });
  if (!decisions.every((decision) => decision.allowed)) return false;
  await tx.query(
    `UPDATE sign_in_attempts SET failures = made.failures, last_at = clock_timestamp(),
            blocked_until = CASE WHEN made.wait IS NULL THEN 'infinity'
                                 ELSE clock_timestamp() + make_interval(secs => made.wait) END
     FROM unnest($1::text[], $2::integer[], $3::float8[]) AS made (key, failures, wait)
     WHERE sign_in_attempts.key = made.key`,
    [
      decisions.map((decision) => decision.key),
      decisions.map((decision) => decision.failures),
      decisions.map((decision) => decision.waitSeconds),
    ],
  );
  return true;
}
