import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** Makes effects due now that wait for their next attempt. Those under way are left alone. */
export async function hastenEffects(
  tx: Transaction,
  kind: OutboxKind,
  subjectIds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.query(
    `UPDATE outbox SET available_at = now(), relayed_at = NULL
     WHERE kind = $1 AND subject_id = ANY ($2::uuid[]) AND state = 'pending' AND available_at > now()`,
    [kind, subjectIds],
  );
  await tx.query(`SELECT pg_notify('tributary_outbox', '')`);
}
