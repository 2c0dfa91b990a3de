import type { Transaction } from '../transaction.ts';
import { counterKey, type Counter } from './count-attempts.ts';

/** How things stand with one counter. */
export interface Attempts {
  /** In a row, since the last success. */
  readonly failures: number;
  /** ISO 8601 while a wait lasts, `infinity` when it does not end by itself; null when there is none. */
  readonly blockedUntil: string | null;
}

export async function readAttempts(tx: Transaction, counter: Counter): Promise<Attempts> {
  const rows = await tx.query<Attempts[]>(
    `SELECT failures, CASE WHEN blocked_until > now() THEN
              CASE WHEN blocked_until = 'infinity' THEN 'infinity' ELSE to_char(blocked_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END
            END AS "blockedUntil"
     FROM sign_in_attempts WHERE key = $1`,
    [counterKey(counter)],
  );
  return rows[0] ?? { failures: 0, blockedUntil: null };
}
