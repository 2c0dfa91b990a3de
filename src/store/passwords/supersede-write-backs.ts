import type { Transaction } from '../transaction.ts';

/**
 * Ends every write-back of a person that has not been written, because a newer
 * password replaces it, and cancels its outbox row. Their secrets are forgotten.
 *
 * @returns how many.
 */
export async function supersedeWriteBacks(tx: Transaction, profileId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    `WITH ended AS (
       UPDATE write_backs SET state = 'superseded', hash = NULL, expected = NULL, finished_at = now(), updated_at = now()
       WHERE profile_id = $1 AND state IN ('pending', 'failed', 'conflict', 'missing') RETURNING id),
     cancelled AS (
       UPDATE outbox SET state = 'cancelled', finished_at = now()
       FROM ended WHERE outbox.kind = 'write-back' AND outbox.subject_id = ended.id AND outbox.state IN ('pending', 'failed'))
     SELECT count(*)::integer AS count FROM ended`,
    [profileId],
  );
  return row?.count ?? 0;
}
