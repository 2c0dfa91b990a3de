import { findProvider } from '../../store/providers/find-provider.ts';
import { listRuns as selectRuns, type ListedRun } from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';

export type { ListedRun } from '../../store/runs/list-runs.ts';

/** Runs, newest first. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listRuns(
  context: AppContext,
  filter: { readonly provider?: string | undefined; readonly limit: number },
): Promise<readonly ListedRun[]> {
  const { read } = context.store;
  const provider = filter.provider === undefined ? null : await findProvider(read, filter.provider);
  return await selectRuns(read, { providerId: provider?.id ?? null, runId: null, limit: filter.limit });
}
