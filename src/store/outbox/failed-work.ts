import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface FailedWork {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly subjectId: string;
}

/** What was given up, and nobody else takes up until the transaction ends. @param id null for all of it. */
export async function lockFailedWork(tx: Transaction, id: string | null): Promise<readonly FailedWork[]> {
  return await tx.query<FailedWork[]>(
    `SELECT id, kind, subject_id AS "subjectId" FROM outbox
     WHERE state = 'failed' AND ($1::uuid IS NULL OR id = $1) ORDER BY created_at, id FOR UPDATE`,
    [id],
  );
}

/** Takes work off the list of what was given up: something new does it, or there is nothing left to do. */
export async function closeFailedWork(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`UPDATE outbox SET state = 'cancelled', finished_at = now() WHERE id = ANY ($1::uuid[])`, [
    ids,
  ]);
}
