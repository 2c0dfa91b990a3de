import type { Transaction } from '../transaction.ts';

/**
 * Deletes what finished runs planned, record by record, and which records they
 * saw; the runs with their counters and errors stay.
 *
 * @returns how many rows of plans, at most `limit`.
 */
export async function deleteOldPlans(tx: Transaction, days: number, limit: number): Promise<number> {
  await tx.query(
    `DELETE FROM run_seen WHERE run_id IN (SELECT id FROM runs WHERE finished_at < now() - make_interval(days => 1))`,
  );
  const [, deleted] = await tx.query<[unknown, number]>(
    `DELETE FROM run_records WHERE id IN (
       SELECT record.id FROM run_records record JOIN runs run ON run.id = record.run_id
       WHERE run.finished_at < now() - make_interval(days => $1) LIMIT $2)`,
    [days, limit],
  );
  return deleted;
}

/**
 * Deletes the runs of old stretches of streams, which are many, unless a record that
 * one of them left out has not been mended. @returns how many, at most `limit`.
 */
export async function deleteOldStretches(tx: Transaction, days: number, limit: number): Promise<number> {
  const [, deleted] = await tx.query<[unknown, number]>(
    `DELETE FROM runs WHERE id IN (
       SELECT run.id FROM runs run
       WHERE run.kind = 'stream' AND run.state = 'done' AND run.finished_at < now() - make_interval(days => $1)
         AND run.decided_by IS NULL
         AND NOT EXISTS (SELECT FROM run_errors e WHERE e.run_id = run.id AND e.resolved_at IS NULL)
       LIMIT $2)`,
    [days, limit],
  );
  return deleted;
}
