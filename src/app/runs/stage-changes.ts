import { ConnectorError } from '../../../connectors/contract/errors.ts';
import { AppError } from '../../kernel/errors.ts';
import { addSeen } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { countStaged } from '../../store/runs/staged-keys.ts';
import type { KeyBatch } from './key-feed.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

/**
 * Writes down which records changed since the provider's checkpoint. Every batch
 * is one transaction with the position after it, so that a killed run goes on
 * there. The provider's own checkpoint stays where it is until the run is done.
 *
 * @throws AppError `FEED_MISSING` or `CHECKPOINT_MISSING`; ConnectorError
 *   `SOURCE_HISTORY_LOST` also when the source says that everything may be gone.
 */
export async function stageChanges(session: RunSession): Promise<void> {
  const { provider, feed, run, signal } = session;
  if (feed === null) throw withoutFeed(provider.name);
  const start = run.position ?? provider.checkpoint;
  if (start === null) throw withoutCheckpoint(provider.name);
  const source = new SourceReader(session);
  let from = start;
  await source.ask(async () => {
    for await (const batch of feed.read(from, signal)) {
      signal.throwIfAborted();
      from = batch.checkpoint ?? from;
      await stageBatch(session, batch);
    }
  });
  await endStaging(session, from);
}

/** One batch of a feed, in a transaction of its own. */
export async function stageBatch(session: RunSession, batch: KeyBatch): Promise<void> {
  const { context, run, lease } = session;
  if (batch.reset)
    throw new ConnectorError('SOURCE_HISTORY_LOST', 'the source says that its records were replaced');
  await context.store.transaction(async (tx) => {
    await addSeen(tx, run.id, batch.keys);
    const position = batch.checkpoint === null ? {} : { position: batch.checkpoint };
    await saveProgress(tx, lease, { phase: 'staging', ...position });
  });
}

/** The change set is complete; `upTo` is where the provider stands once it has been applied. */
export async function endStaging({ context, run, lease }: RunSession, upTo: string): Promise<void> {
  await context.store.transaction(async (tx) => {
    const expected = await countStaged(tx, run.id);
    await saveProgress(tx, lease, { phase: 'keys', position: null, checkpoint: upTo, expected });
  });
}

export function withoutFeed(provider: string): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'FEED_MISSING',
    message: `There is no way to learn what changed at ${provider}, so there can be no delta run.`,
    remedy: `Set changes.mode (and for poll, changes.cursor), or read everything: tributary sync ${provider} --full`,
  });
}

function withoutCheckpoint(provider: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'CHECKPOINT_MISSING',
    message: `It is not known from where to follow the changes of ${provider}: no full run has ended yet.`,
    remedy: 'A full run has been requested; deltas follow from where it starts.',
  });
}
