import { countPending, type PendingCount } from '../../store/outbox/count-pending.ts';
import type { AppContext } from '../context.ts';

export type { PendingCount };

/** What waits in the outbox, per kind; a growing age of the oldest means that nobody works. */
export async function countPendingEffects(
  context: Pick<AppContext, 'store'>,
): Promise<readonly PendingCount[]> {
  return await countPending(context.store.read);
}
