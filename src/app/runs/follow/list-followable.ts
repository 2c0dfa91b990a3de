import type { Changes } from '../../../../connectors/contract/definition.ts';
import { newId } from '../../../kernel/ids.ts';
import { ProviderEntity } from '../../../store/entities/directory.ts';
import { deleteStretch, strayStretches } from '../../../store/runs/stretches.ts';
import type { AppContext } from '../../context.ts';
import { carryOutRun } from '../carry-out-run.ts';

const STREAMED: ReadonlySet<Changes['mode']> = new Set(['listen', 'replication', 'binlog']);

/** The ids of the providers whose changes come as they happen, without those that are paused. */
export async function listFollowable(context: AppContext): Promise<readonly string[]> {
  const providers = await context.store.read.find(ProviderEntity, { order: { name: 'ASC' } });
  return providers
    .filter(({ pausedAt, definition }) => pausedAt === null && STREAMED.has(definition.changes.mode))
    .map(({ id }) => id);
}

/** Ends stretches that no follower comes for any more, so that they do not stand in the way of other runs. */
export async function settleStrays(context: AppContext, signal: AbortSignal): Promise<void> {
  for (const stray of await strayStretches(context.store.read)) {
    if (stray.staged) await carryOutRun(context, stray.id, { owner: newId(), signal });
    else await deleteStretch(context.store.read, { runId: stray.id, owner: null });
  }
}
