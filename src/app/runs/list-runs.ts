import { listRuns as selectRuns, type ListedRun, type RunFilter } from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';
import { providerIdOf } from '../providers/provider-id-of.ts';

export type { ListedRun } from '../../store/runs/list-runs.ts';

/** Runs, by time. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listRuns(
  context: AppContext,
  {
    provider: name,
    ...filter
  }: Omit<RunFilter, 'providerId' | 'runId'> & { readonly provider?: string | undefined },
): Promise<readonly ListedRun[]> {
  const { read } = context.store;
  return await selectRuns(read, { ...filter, providerId: await providerIdOf(read, name), runId: null });
}
