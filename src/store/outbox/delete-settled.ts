import type { Transaction } from '../transaction.ts';

/** Deletes rows that were settled more than so many days ago, at most `limit`. @returns how many. */
export async function deleteSettled(tx: Transaction, days: number, limit: number): Promise<number> {
  const [, deleted] = await tx.query<[unknown, number]>(
    `DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox WHERE finished_at < now() - make_interval(days => $1)
         AND state <> 'pending' LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [days, limit],
  );
  return deleted;
}
