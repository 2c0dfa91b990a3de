import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../../connectors/contract/change.ts';
import { forgetPushed } from '../../store/push/forget-pushed.ts';
import { lastPushed } from '../../store/push/last-pushed.ts';
import { nextPushed } from '../../store/push/next-pushed.ts';
import type { AppContext } from '../context.ts';
import type { KeyBatch, KeyFeed } from '../runs/key-feed.ts';

const FORMAT = 'pushed/1';
const BATCH_KEYS = 1_000;

/**
 * What was pushed to us, in the order in which posts were taken. It is kept in the
 * store until a run has seen to it, so it cannot be lost between a post and a run.
 */
export function pushedKeys({ store }: Pick<AppContext, 'store'>, providerId: string): KeyFeed {
  return {
    delivery: 'poll',
    head: async () => writeCheckpoint(FORMAT, await lastPushed(store.read, providerId)),
    read: (from, signal) => readPushed({ store }, providerId, { from, signal }),
    acknowledge: async (upTo) =>
      await forgetPushed(store.read, providerId, readCheckpoint(FORMAT, upTo as Checkpoint)),
  };
}

async function* readPushed(
  { store }: Pick<AppContext, 'store'>,
  providerId: string,
  about: { readonly from: string; readonly signal: AbortSignal },
): AsyncGenerator<KeyBatch, void, undefined> {
  let after = readCheckpoint(FORMAT, about.from as Checkpoint);
  for (;;) {
    about.signal.throwIfAborted();
    const rows = await nextPushed(store.read, providerId, { after, limit: BATCH_KEYS });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    const keys = rows.map((row) => row.recordKey);
    yield { keys, reset: false, checkpoint: writeCheckpoint(FORMAT, after) };
  }
}
