import type { Transaction } from '../transaction.ts';

/**
 * Makes write-backs that failed, whose record was missing, or that wait for their
 * next attempt pending from now on, with another 72 hours. One that has been
 * superseded, whose hash has been forgotten, or that lost against a change at the
 * provider stays as it is: the last is decided by {@link decideWriteBack} alone.
 *
 * @param ids null for every one of them.
 * @returns the ids of those that are to be tried.
 */
export async function reopenWriteBacks(
  tx: Transaction,
  ids: readonly string[] | null,
): Promise<readonly string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE write_backs SET state = 'pending', attempts = 0, error_code = NULL, error = NULL,
            finished_at = NULL, updated_at = now(), created_at = now()
     WHERE state IN ('pending', 'failed', 'missing') AND hash IS NOT NULL
       AND (state = 'pending' OR error_code IS DISTINCT FROM 'PASSWORD_CHANGED')
       AND ($1::uuid[] IS NULL OR id = ANY ($1)) RETURNING id`,
    [ids],
  );
  return rows.map((row) => row.id);
}
