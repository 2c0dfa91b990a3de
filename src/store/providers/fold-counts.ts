import type { Transaction } from '../transaction.ts';

/** Adds up the differences that `provider_counts` is made of, so that few rows are left. What is counted stays as it is. */
export async function foldCounts(tx: Transaction): Promise<void> {
  await tx.query(
    `WITH taken AS (DELETE FROM provider_counts RETURNING provider_id, linked, enabled, gone)
     INSERT INTO provider_counts (provider_id, linked, enabled, gone)
     SELECT provider_id, sum(linked), sum(enabled), sum(gone) FROM taken
     -- Somebody may have been changed while their provider was removed.
     WHERE provider_id IN (SELECT id FROM providers) GROUP BY provider_id`,
  );
}
