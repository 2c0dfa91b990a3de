import type { Transaction } from '../transaction.ts';

/**
 * Takes e-mails that have not gone out from the queue. One that a worker has in
 * hand at this moment is left alone: it may be with the recipient already.
 *
 * @returns the ids of those that are held now.
 */
export async function holdEmails(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `WITH taken AS (
       UPDATE outbox SET state = 'cancelled', finished_at = now(), lease_owner = NULL, lease_until = NULL
       WHERE kind = 'email' AND subject_id = ANY ($1::uuid[]) AND state = 'pending'
         AND (lease_until IS NULL OR lease_until < now())
       RETURNING subject_id)
     UPDATE emails SET state = 'held', error_code = NULL, error = NULL, updated_at = now()
     FROM taken WHERE emails.id = taken.subject_id AND emails.state = 'queued' RETURNING emails.id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
