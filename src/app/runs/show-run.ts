import { missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { RunErrorRow, RunRecordRow } from '../../store/entities/runs.ts';
import {
  listRunErrors as selectErrors,
  listRunRecords as selectRecords,
  listRuns,
  type ListedRun,
  type Stretch,
} from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';

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
  stretch: Stretch,
): Promise<readonly RunErrorRow[]> {
  await showRun(context, runId);
  return await selectErrors(context.store.read, runId, stretch);
}

/** What the run planned, and what became of it, record by record. @throws AppError `RUN_NOT_FOUND` */
export async function listRunRecords(
  context: AppContext,
  runId: string,
  stretch: Stretch,
): Promise<readonly RunRecordRow[]> {
  await showRun(context, runId);
  return await selectRecords(context.store.read, runId, stretch);
}
