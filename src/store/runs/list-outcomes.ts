import type { RunAction } from '../../domain/runs/run.ts';
import type { RunErrorRow, RunRecordRow } from '../entities/runs.ts';
import type { Transaction } from '../transaction.ts';

/** A stretch of a list: those after `after` (the id of the last one seen), oldest first. */
export interface Stretch {
  readonly after: string | null;
  readonly limit: number;
}

export interface RecordFilter extends Stretch {
  readonly action?: RunAction | undefined;
  readonly state?: RunRecordRow['state'] | undefined;
  /** A record's key, as a whole. */
  readonly recordKey?: string | undefined;
}

export interface ErrorFilter extends Stretch {
  /** True: those that nobody has mended; false: those that somebody has. */
  readonly open?: boolean | undefined;
  readonly code?: string | undefined;
  readonly recordKey?: string | undefined;
}

/** How many records had something planned for them, and what became of it. */
export interface OutcomeCount {
  readonly action: RunAction;
  readonly state: RunRecordRow['state'];
  readonly records: number;
}

/** How many records could not be used for one reason. */
export interface FaultCount {
  readonly code: string;
  readonly open: number;
  readonly mended: number;
}

/** A record with what the person is known as here; null for nobody yet, or nobody any more. */
export interface ListedRecord extends RunRecordRow {
  readonly username: string | null;
}

export async function listRunErrors(
  tx: Transaction,
  runId: string,
  filter: ErrorFilter,
): Promise<readonly RunErrorRow[]> {
  return await tx.query<RunErrorRow[]>(
    `SELECT id, run_id AS "runId", record_key AS "recordKey", field, code, message, created_at AS "createdAt",
       resolved_at AS "resolvedAt"
     FROM run_errors WHERE run_id = $1 AND id > $2::bigint AND ($4::boolean IS NULL OR (resolved_at IS NULL) = $4)
       AND ($5::text IS NULL OR code = $5) AND ($6::text IS NULL OR record_key = $6)
     ORDER BY id LIMIT $3`,
    [
      runId,
      filter.after ?? '0',
      filter.limit,
      filter.open ?? null,
      filter.code ?? null,
      filter.recordKey ?? null,
    ],
  );
}

export async function listRunRecords(
  tx: Transaction,
  runId: string,
  filter: RecordFilter,
): Promise<readonly ListedRecord[]> {
  return await tx.query<ListedRecord[]>(
    `SELECT record.id, record.run_id AS "runId", record.record_key AS "recordKey", record.action,
       record.profile_id AS "profileId", record.changes, record.state, profile.username
     FROM run_records record LEFT JOIN profiles profile ON profile.id = record.profile_id
     WHERE record.run_id = $1 AND record.id > $2::bigint AND ($4::text IS NULL OR record.action = $4)
       AND ($5::text IS NULL OR record.state = $5) AND ($6::text IS NULL OR record.record_key = $6)
     ORDER BY record.id LIMIT $3`,
    [
      runId,
      filter.after ?? '0',
      filter.limit,
      filter.action ?? null,
      filter.state ?? null,
      filter.recordKey ?? null,
    ],
  );
}

export async function countOutcomes(tx: Transaction, runId: string): Promise<readonly OutcomeCount[]> {
  return await tx.query<OutcomeCount[]>(
    `SELECT action, state, count(*)::int AS records FROM run_records WHERE run_id = $1
     GROUP BY action, state ORDER BY action, state`,
    [runId],
  );
}

export async function countFaults(tx: Transaction, runId: string): Promise<readonly FaultCount[]> {
  return await tx.query<FaultCount[]>(
    `SELECT code, (count(*) FILTER (WHERE resolved_at IS NULL))::int AS open,
            (count(*) FILTER (WHERE resolved_at IS NOT NULL))::int AS mended
     FROM run_errors WHERE run_id = $1 GROUP BY code ORDER BY count(*) DESC, code`,
    [runId],
  );
}
