import { deleteStretch, runBefore, type OpenRun } from '../../../store/runs/stretches.ts';
import { insertNewPass } from '../../../store/runs/insert-new-pass.ts';
import { recordProviderEvent } from '../../../store/providers/record-provider-event.ts';
import { carryOutRun } from '../carry-out-run.ts';
import { note, type Follower } from './follower.ts';

/**
 * Sees to what stands before the next stretch: a stretch that a killed process left
 * behind is carried on, any other run is waited for, and without a checkpoint a
 * full run is asked for.
 *
 * @returns whether the stream may be read.
 */
export async function clearTheWay(follower: Follower): Promise<boolean> {
  const { context, provider } = follower;
  const open = await runBefore(context.store.read, provider.id);
  if (open !== null) {
    await seeTo(follower, open);
    return false;
  }
  if (provider.checkpoint !== null) return true;
  await askForFullRun(follower);
  return false;
}

async function seeTo(follower: Follower, open: OpenRun): Promise<void> {
  const { context, owner, signal } = follower;
  const { store } = context;
  if (open.kind === 'stream' && open.free && open.state === 'planning' && !open.staged)
    await deleteStretch(store.read, { runId: open.id, owner: null });
  else if (open.kind === 'stream' && open.free && open.state !== 'held')
    await carryOutRun(context, open.id, { owner, signal });
  else await note(follower, { state: 'waiting', reason: reasonOf(open) });
}

function reasonOf({ id, kind, state }: OpenRun): string {
  return state === 'held'
    ? `run ${id} is held and waits for a decision`
    : `a ${kind} run is under way (${id})`;
}

async function askForFullRun(follower: Follower): Promise<void> {
  const { context, provider } = follower;
  const fullRun = await context.store.transaction(async (tx) => {
    const id = await insertNewPass(tx, provider);
    await recordProviderEvent(tx, {
      providerId: provider.id,
      kind: 'full-run-requested',
      cause: { kind: 'system' },
      detail: { reason: 'no checkpoint yet', fullRun: id },
    });
    return id;
  });
  context.logger.warn('it is not known from where to follow a provider; a full run was requested', {
    provider: provider.name,
    fullRun,
  });
  await note(follower, { state: 'waiting', reason: `the first full run comes first (${fullRun})` });
}
