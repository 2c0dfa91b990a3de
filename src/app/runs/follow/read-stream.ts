import { moveCheckpoint } from '../../../store/followers/note-follower.ts';
import { openConnector } from '../../providers/open-connector.ts';
import { feedOf } from '../feed-of.ts';
import type { KeyFeed } from '../key-feed.ts';
import { noteProviderHealth } from '../note-provider-health.ts';
import { withoutFeed } from '../stage-changes.ts';
import { followStretch } from './follow-stretch.ts';
import { note, type Follower } from './follower.ts';
import { BatchReader } from './next-batch.ts';

/** How often the checkpoint moves past a time in which nothing happened. */
const IDLE_MS = 10_000;
/** A stream that has said nothing for so long is taken to be well. */
const SILENT_MS = 2_000;

/**
 * Reads a provider's stream from its checkpoint and applies it stretch by stretch,
 * until aborted, or until something stands before the next stretch.
 *
 * @throws ConnectorError when the source is at fault; AppError `FEED_MISSING`.
 */
export async function readStream(follower: Follower): Promise<void> {
  const { context, provider, signal, held } = follower;
  await using connector = await openConnector(context, provider);
  const feed = feedOf(context, provider, connector);
  if (feed?.delivery !== 'stream' || provider.checkpoint === null) throw withoutFeed(provider.name);
  held.connector = connector;
  try {
    await using batches = new BatchReader(feed, provider.checkpoint, signal);
    await followBatches(follower, feed, { connector, batches });
  } finally {
    held.connector = null;
  }
}

async function followBatches(
  follower: Follower,
  feed: KeyFeed,
  stream: Parameters<typeof followStretch>[1],
): Promise<void> {
  let idle: string | null = null;
  let movedAt = performance.now();
  let wait = SILENT_MS;
  for (;;) {
    const batch = await stream.batches.next(wait);
    follower.signal.throwIfAborted();
    if (batch === 'ended') return;
    if (wait === SILENT_MS) await sayWell(follower);
    wait = IDLE_MS;
    if (batch !== 'late' && (batch.keys.length > 0 || batch.reset || batch.checkpoint === null)) {
      if ((await followStretch(follower, stream, batch)) === 'waits') return;
      [idle, movedAt] = [null, performance.now()];
      continue;
    }
    if (batch !== 'late') idle = batch.checkpoint;
    if (idle === null || performance.now() - movedAt < IDLE_MS) continue;
    await moveOn(follower, feed, idle);
    [idle, movedAt] = [null, performance.now()];
  }
}

/** The source can be read again: whatever was wrong before is mended. */
async function sayWell(follower: Follower): Promise<void> {
  const { context, provider, held } = follower;
  if (held.attempts > 0) context.logger.info('a provider is followed again', { provider: provider.name });
  held.attempts = 0;
  await note(follower, { state: 'following', reason: null });
  await noteProviderHealth(context, provider.id, null);
}

/** Lets the source forget a time in which nothing happened to our records. */
async function moveOn(follower: Follower, feed: KeyFeed, checkpoint: string): Promise<void> {
  const { context, provider, owner, signal } = follower;
  const holder = { providerId: provider.id, owner, version: provider.version };
  const moved = await context.store.transaction(async (tx) => await moveCheckpoint(tx, holder, checkpoint));
  if (moved) await feed.acknowledge(checkpoint, signal);
}
