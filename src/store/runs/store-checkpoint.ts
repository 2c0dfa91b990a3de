import type { Transaction } from '../transaction.ts';

/**
 * Moves a provider to where a run's changes end, in the transaction that ends the
 * run. Nothing moves for a dry run, nor when the definition changed meanwhile: then
 * the position may belong to another database.
 */
export async function storeCheckpoint(tx: Transaction, runId: string): Promise<void> {
  await tx.query(
    `UPDATE providers p SET checkpoint = r.checkpoint FROM runs r
     WHERE r.id = $1 AND p.id = r.provider_id AND r.checkpoint IS NOT NULL AND NOT r.dry_run
       AND p.version = r.definition_version`,
    [runId],
  );
}
