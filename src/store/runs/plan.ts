import type { RecordFault } from '../../domain/mapping/mapped-record.ts';
import type { FieldChange, RunAction } from '../../domain/runs/run.ts';
import { copyRows } from '../copy-rows.ts';
import { bucketSql } from './digests.ts';
import type { RunRecordRow } from '../entities/runs.ts';
import type { Transaction } from '../transaction.ts';

export interface PlannedRecord {
  readonly key: string;
  readonly action: RunAction;
  readonly profileId: string | null;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** Remembers which records a pass has met; a key met twice (it moved between pages) counts once. */
export async function addSeen(tx: Transaction, runId: string, keys: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO run_seen (run_id, record_key) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
    [runId, keys],
  );
}

/** Adds to a run's plan. */
export async function addPlanned(
  tx: Transaction,
  runId: string,
  records: readonly PlannedRecord[],
): Promise<void> {
  await copyRows(
    tx,
    { table: 'run_records', columns: ['run_id', 'record_key', 'action', 'profile_id', 'changes'] },
    records.map(({ key, action, profileId, changes }) => [
      runId,
      key,
      action,
      profileId,
      JSON.stringify(changes),
    ]),
  );
}

/** Adds to a run's error list; the same fault of the same record is listed once. */
export async function addFaults(
  tx: Transaction,
  runId: string,
  faulty: readonly { readonly key: string; readonly faults: readonly RecordFault[] }[],
): Promise<void> {
  const rows = faulty.flatMap(({ key, faults }) => faults.map((fault) => ({ key, ...fault })));
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO run_errors (run_id, record_key, field, code, message)
     SELECT $1, key, field, code, message
     FROM jsonb_to_recordset($2) AS n (key text, field text, code text, message text)
     ON CONFLICT (run_id, record_key, field, code) DO NOTHING`,
    [runId, JSON.stringify(rows)],
  );
}

/**
 * Plans to disable everybody whose record the pass did not meet. Only after a
 * complete pass. Links made after the run began are left alone: the pass may
 * have gone by their place before. After a pass by digests those in buckets that agree
 * are present.
 *
 * @returns how many.
 */
export async function planAbsences(tx: Transaction, runId: string, providerId: string): Promise<number> {
  const [{ count } = { count: '0' }] = await tx.query<{ count: string }[]>(
    `WITH absent AS (
       INSERT INTO run_records (run_id, record_key, action, profile_id, changes)
       SELECT r.id, l.record_key, 'disable', l.profile_id, '{"enabled": {"from": "true", "to": "false"}}'
       FROM runs r JOIN links l ON l.provider_id = $2
       WHERE r.id = $1 AND l.gone_at IS NULL AND l.created_at < r.started_at
         AND NOT EXISTS (SELECT FROM run_seen s WHERE s.run_id = r.id AND s.record_key = l.record_key)
         AND (r.phase IS DISTINCT FROM 'buckets' OR ${bucketSql('l.record_key', 'r.buckets')} IN (
           SELECT bucket FROM run_digests WHERE run_id = $1 AND differs))
       ORDER BY l.record_key
       ON CONFLICT (run_id, record_key) DO NOTHING
       RETURNING 1)
     SELECT count(*) FROM absent`,
    [runId, providerId],
  );
  return Number(count);
}

/** The next records of a plan to carry out, oldest first. */
export async function nextPlanned(
  tx: Transaction,
  runId: string,
  limit: number,
): Promise<readonly RunRecordRow[]> {
  return await tx.query<RunRecordRow[]>(
    `SELECT id, run_id AS "runId", record_key AS "recordKey", action, profile_id AS "profileId", changes, state
     FROM run_records WHERE run_id = $1 AND state = 'planned' ORDER BY id LIMIT $2`,
    [runId, limit],
  );
}

/** Says what became of planned records. */
export async function markPlanned(
  tx: Transaction,
  runId: string,
  results: ReadonlyMap<string, RunRecordRow['state']>,
): Promise<void> {
  await tx.query(
    `UPDATE run_records r SET state = n.state
     FROM unnest($2::text[], $3::text[]) AS n (key, state)
     WHERE r.run_id = $1 AND r.record_key = n.key`,
    [runId, [...results.keys()], [...results.values()]],
  );
}

/** Forgets a plan that is to be made again from the start. */
export async function clearPlan(tx: Transaction, runId: string): Promise<void> {
  await tx.query('DELETE FROM run_seen WHERE run_id = $1', [runId]);
  await tx.query('DELETE FROM run_records WHERE run_id = $1', [runId]);
}
