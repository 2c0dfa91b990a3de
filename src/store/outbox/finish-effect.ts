import type { OutboxRow } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface FinishedEffect {
  readonly id: string;
  readonly owner: string;
  readonly state: Exclude<OutboxRow['state'], 'pending'>;
  readonly errorCode: string | null;
  readonly error: string | null;
}

/** Settles an effect for good. @returns false when the lease is no longer held; nothing is written then. */
export async function finishEffect(tx: Transaction, finished: FinishedEffect): Promise<boolean> {
  const [, written] = await tx.query<[unknown, number]>(
    `UPDATE outbox SET state = $3, error_code = $4, error = $5, finished_at = now(),
            lease_owner = NULL, lease_until = NULL
     WHERE id = $1 AND lease_owner = $2 AND state = 'pending'`,
    [finished.id, finished.owner, finished.state, finished.errorCode, finished.error],
  );
  return written === 1;
}
