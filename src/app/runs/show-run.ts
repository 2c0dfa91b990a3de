import { missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { RunErrorRow } from '../../store/entities/runs.ts';
import {
  countFaults,
  countOutcomes,
  listRunErrors as selectErrors,
  listRunRecords as selectRecords,
  type ErrorFilter,
  type FaultCount,
  type ListedRecord,
  type OutcomeCount,
  type RecordFilter,
} from '../../store/runs/list-outcomes.ts';
import { listRuns, type ListedRun } from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';

export type { ErrorFilter, RecordFilter };

/** @throws AppError `RUN_NOT_FOUND` */
export async function showRun(context: AppContext, runId: string): Promise<ListedRun> {
  const filter = { providerId: null, runId, limit: 1 };
  const [run] = isId(runId) ? await listRuns(context.store.read, filter) : [];
  if (run === undefined) throw missing('run', runId, 'List them with: tributary run list');
  return run;
}

/** The records that could not be used, oldest first. @throws AppError `RUN_NOT_FOUND` */
export async function listRunErrors(
  context: AppContext,
  runId: string,
  filter: ErrorFilter,
): Promise<readonly RunErrorRow[]> {
  await showRun(context, runId);
  return await selectErrors(context.store.read, runId, filter);
}

/** What the run planned, and what became of it, record by record. @throws AppError `RUN_NOT_FOUND` */
export async function listRunRecords(
  context: AppContext,
  runId: string,
  filter: RecordFilter,
): Promise<readonly ListedRecord[]> {
  await showRun(context, runId);
  return await selectRecords(context.store.read, runId, filter);
}

/** The same, counted: records by what was planned and what became of it, faults by their code. @throws AppError `RUN_NOT_FOUND` */
export async function countRunOutcomes(
  context: AppContext,
  runId: string,
): Promise<{ readonly records: readonly OutcomeCount[]; readonly faults: readonly FaultCount[] }> {
  await showRun(context, runId);
  const { read } = context.store;
  return { records: await countOutcomes(read, runId), faults: await countFaults(read, runId) };
}
