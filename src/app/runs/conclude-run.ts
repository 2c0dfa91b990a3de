import type { RunCounters } from '../../domain/runs/run.ts';
import { RunEntity } from '../../store/entities/runs.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { storeCheckpoint } from '../../store/runs/store-checkpoint.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { RunSession } from './run-session.ts';

/** Ends a run, and moves its provider to where its changes end, in the transaction of the last of them. */
export async function concludeRun(
  { lease, run }: RunSession,
  tx: Transaction,
  counters: RunCounters,
): Promise<void> {
  await saveProgress(tx, lease, { state: 'done', counters });
  await storeCheckpoint(tx, run.id);
}

/**
 * Tells the source that it need not keep what a run has dealt with. A source that
 * does not hear it keeps more for a while, and is told again by the next run.
 */
export async function acknowledgeRun({ context, run, feed, signal, logger }: RunSession): Promise<void> {
  if (feed === null || run.dryRun || run.kind === 'record') return;
  const { state, checkpoint } = await context.store.read.findOneByOrFail(RunEntity, { id: run.id });
  if (state !== 'done' || checkpoint === null) return;
  try {
    await feed.acknowledge(checkpoint, signal);
  } catch (error) {
    logger.warn('the source did not hear how far its changes have been applied', { error });
  }
}
