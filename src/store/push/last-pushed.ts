import type { Transaction } from '../transaction.ts';

/**
 * The position after everything that was pushed so far. Positions are given out
 * under a lock, so that a lower one never appears after a higher one.
 */
export async function lastPushed(tx: Transaction, providerId: string): Promise<string> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT coalesce(
       (SELECT max(id) FROM pushed_changes WHERE provider_id = $1),
       (SELECT split_part(checkpoint, ':', 2)::bigint FROM providers
        WHERE id = $1 AND checkpoint ~ '^pushed/1:[0-9]+$'), 0)::text AS id`,
    [providerId],
  );
  return rows[0]?.id ?? '0';
}
