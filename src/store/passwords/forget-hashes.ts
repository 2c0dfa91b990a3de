import type { Transaction } from '../transaction.ts';

/** Forgets the sealed hashes of write-backs that ended so many days ago; those cannot be retried any more. */
export async function forgetHashes(tx: Transaction, days: number): Promise<void> {
  await tx.query(
    `UPDATE write_backs SET hash = NULL, expected = NULL
     WHERE finished_at < now() - make_interval(days => $1) AND (hash IS NOT NULL OR expected IS NOT NULL)`,
    [days],
  );
}
