import { listWork as selectWork, type ListedWork, type WorkFilter } from '../../store/outbox/list-work.ts';
import type { AppContext } from '../context.ts';

export type { ListedWork, WorkFilter };

/** Side effects that wait, or were given up, with the reason; by time. */
export async function listWork(
  context: Pick<AppContext, 'store'>,
  filter: WorkFilter,
): Promise<readonly ListedWork[]> {
  return await selectWork(context.store.read, filter);
}
