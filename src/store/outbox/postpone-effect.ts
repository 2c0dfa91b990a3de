import type { Transaction } from '../transaction.ts';

export interface PostponedEffect {
  readonly id: string;
  readonly owner: string;
  readonly afterSeconds: number;
  /** False hands the effect back as if it had not been tried. */
  readonly countAttempt: boolean;
  readonly errorCode: string | null;
  readonly error: string | null;
}

/**
 * Gives a lease back and has the effect relayed again after a while.
 *
 * @returns false when the lease is no longer held; nothing is written then.
 */
export async function postponeEffect(tx: Transaction, postponed: PostponedEffect): Promise<boolean> {
  const [, written] = await tx.query<[unknown, number]>(
    `UPDATE outbox SET available_at = now() + make_interval(secs => $3), relayed_at = NULL,
            attempts = attempts - CASE WHEN $4 THEN 0 ELSE 1 END,
            error_code = $5, error = $6, lease_owner = NULL, lease_until = NULL
     WHERE id = $1 AND lease_owner = $2 AND state = 'pending'`,
    [
      postponed.id,
      postponed.owner,
      postponed.afterSeconds,
      postponed.countAttempt,
      postponed.errorCode,
      postponed.error,
    ],
  );
  return written === 1;
}
