import type { Transaction } from '../transaction.ts';

/** @returns whether anything changed: pausing twice keeps the first moment. */
export async function pauseProvider(tx: Transaction, id: string, paused: boolean): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE providers SET paused_at = CASE WHEN $2 THEN now() END, updated_at = now()
     WHERE id = $1 AND (paused_at IS NULL) = $2`,
    [id, paused],
  );
  return count === 1;
}
