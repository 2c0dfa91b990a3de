import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** Has effects that were just requested carried out one after the other, so many an hour, in the given order. */
export async function spreadEffects(
  tx: Transaction,
  kind: OutboxKind,
  plan: { readonly subjectIds: readonly string[]; readonly perHour: number },
): Promise<void> {
  await tx.query(
    `UPDATE outbox SET available_at = now() + make_interval(secs => (place - 1) * 3600.0 / $3)
     FROM unnest($2::uuid[]) WITH ORDINALITY AS planned (subject_id, place)
     WHERE outbox.kind = $1 AND outbox.subject_id = planned.subject_id AND outbox.state = 'pending'`,
    [kind, plan.subjectIds, plan.perHour],
  );
}
