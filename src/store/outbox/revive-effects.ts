import { newId } from '../../kernel/ids.ts';
import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Has effects carried out again, from the start and now, as part of the
 * transaction that calls for it. A worker that is just settling one of them loses
 * its lease, so that what it writes cannot undo this.
 */
export async function reviveEffects(
  tx: Transaction,
  kind: OutboxKind,
  subjectIds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  // An insert, because rows settled long ago have been deleted; it also wakes the relay.
  await tx.query(
    `INSERT INTO outbox (id, kind, subject_id)
     SELECT id, $1, subject_id FROM unnest($2::uuid[], $3::uuid[]) AS wanted (id, subject_id)
     ON CONFLICT (kind, subject_id) DO UPDATE
       SET attempts = 0, state = 'pending', available_at = now(), relayed_at = NULL,
           lease_owner = NULL, lease_until = NULL, finished_at = NULL, error_code = NULL, error = NULL`,
    [kind, subjectIds.map(() => newId()), subjectIds],
  );
}
