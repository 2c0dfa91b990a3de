import {
  findWriteBacks,
  type ListedWriteBack,
  type WriteBackFilter,
} from '../../store/passwords/find-write-backs.ts';
import type { AppContext } from '../context.ts';

export type { ListedWriteBack, WriteBackFilter };

/** Write-backs with their state and what is wrong with them, newest first. */
export async function listWriteBacks(
  context: Pick<AppContext, 'store'>,
  filter: WriteBackFilter,
): Promise<readonly ListedWriteBack[]> {
  return await findWriteBacks(context.store.read, filter);
}
