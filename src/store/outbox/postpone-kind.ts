import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** Postpones everything of one kind that is not being worked on, without counting an attempt. Never brings anything forward. */
export async function postponeKind(tx: Transaction, kind: OutboxKind, afterSeconds: number): Promise<void> {
  await tx.query(
    `UPDATE outbox SET available_at = now() + make_interval(secs => $2), relayed_at = NULL
     WHERE kind = $1 AND state = 'pending' AND (lease_until IS NULL OR lease_until < now())
       AND available_at < now() + make_interval(secs => $2)`,
    [kind, afterSeconds],
  );
}
