import { findProvider } from '../../store/providers/find-provider.ts';
import { listRuns as selectRuns, type ListedRun, type RunFilter } from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';

export type { ListedRun } from '../../store/runs/list-runs.ts';

/** Runs, newest first. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listRuns(
  context: AppContext,
  {
    provider: name,
    ...filter
  }: Omit<RunFilter, 'providerId' | 'runId'> & { readonly provider?: string | undefined },
): Promise<readonly ListedRun[]> {
  const { read } = context.store;
  const provider = name === undefined ? null : await findProvider(read, name);
  return await selectRuns(read, { ...filter, providerId: provider?.id ?? null, runId: null });
}
