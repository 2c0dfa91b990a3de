import type { Checkpoint } from '../../../connectors/contract/change.ts';
import type { ChangeFeed, Connector } from '../../../connectors/contract/connector.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';
import { pushedKeys } from '../push/pushed-keys.ts';
import type { KeyBatch, KeyFeed } from './key-feed.ts';

/** @returns null when the provider offers no way to learn what changed. */
export function feedOf(
  context: Pick<AppContext, 'store'>,
  provider: Pick<ProviderRow, 'id' | 'definition'>,
  connector: Pick<Connector, 'changes'>,
): KeyFeed | null {
  if (provider.definition.changes.mode === 'push') return pushedKeys(context, provider.id);
  return connector.changes === undefined ? null : keysOf(connector.changes);
}

function keysOf(feed: ChangeFeed): KeyFeed {
  return {
    delivery: feed.delivery,
    head: (signal) => feed.head(signal),
    read: (from, signal) => readKeys(feed, from as Checkpoint, signal),
    acknowledge: (upTo, signal) => feed.acknowledge(upTo as Checkpoint, signal),
  };
}

async function* readKeys(
  feed: ChangeFeed,
  from: Checkpoint,
  signal: AbortSignal,
): AsyncGenerator<KeyBatch, void, undefined> {
  for await (const { changes, checkpoint } of feed.read(from, signal)) {
    const keys = changes.flatMap((change) => {
      if (change.kind === 'reset') return [];
      return [change.kind === 'delete' ? change.key : change.record.key];
    });
    yield { keys, reset: changes.some(({ kind }) => kind === 'reset'), checkpoint };
  }
}
