import { newId } from '../../kernel/ids.ts';
import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Asks for side effects, one per subject, as part of the transaction that causes
 * them. The relay is woken when the transaction commits.
 */
export async function requestEffects(
  tx: Transaction,
  kind: OutboxKind,
  subjectIds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.query(
    `INSERT INTO outbox (id, kind, subject_id)
     SELECT id, $1, subject_id FROM unnest($2::uuid[], $3::uuid[]) AS wanted (id, subject_id)`,
    [kind, subjectIds.map(() => newId()), subjectIds],
  );
}
