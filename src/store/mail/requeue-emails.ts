import type { Transaction } from '../transaction.ts';

/**
 * Puts e-mails that could not be sent back in the queue with fresh attempts.
 *
 * @param ids null for every one of them.
 * @returns the ids of those that were put back.
 */
export async function requeueEmails(
  tx: Transaction,
  ids: readonly string[] | null,
): Promise<readonly string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE emails SET state = 'queued', attempts = 0, error_code = NULL, error = NULL, updated_at = now()
     WHERE state IN ('failed', 'undeliverable') AND ($1::uuid[] IS NULL OR id = ANY ($1)) RETURNING id`,
    [ids],
  );
  return rows.map((row) => row.id);
}
