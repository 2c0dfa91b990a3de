import type { Change, ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import type { Reader } from '../reader.ts';
import { canonicalKeys, changesOf } from './changed-keys.ts';
import { HintListener, type Hints } from './hints.ts';
import { traceName } from './names.ts';
import { createPoll } from './poll.ts';
import { requireTriggers } from './triggers.ts';

/** How often a listener polls although it heard nothing: hints can be lost, and the checkpoint has to move. */
const SWEEP_MS = 300_000;

/**
 * Hears of changes as they are committed, from triggers at the source. What is
 * heard is read again; what was missed while nobody listened is polled for.
 */
export function createListener(reader: Reader): ChangeFeed {
  const poll = createPoll(reader);
  return {
    delivery: 'stream',
    // Those that are heard of are told; those that were missed leave no trace.
    deletions: 'unseen',
    head: async (signal) => {
      await reader.pool.read(signal, (run) => requireTriggers(run, reader.options));
      return await poll.head(signal);
    },
    read: (from, signal) => listen({ reader, poll }, from, signal),
    acknowledge: (upTo, signal) => poll.acknowledge(upTo, signal),
  };
}

interface Listening {
  readonly reader: Reader;
  readonly poll: ChangeFeed;
}

async function* listen(
  { reader, poll }: Listening,
  from: Checkpoint,
  signal: AbortSignal,
): AsyncIterable<ChangeBatch> {
  const client = await reader.pool.dedicate(signal);
  const channel = traceName(reader.options.name);
  // Before the poll: what is committed while it reads is heard.
  await using hints = await HintListener.open(client, { channel, patience: reader.pool.patience }, signal);
  let checkpoint = from;
  for (;;) {
    await reader.pool.read(signal, (run) => requireTriggers(run, reader.options));
    for await (const batch of poll.read(checkpoint, signal)) {
      checkpoint = batch.checkpoint ?? checkpoint;
      yield batch;
    }
    const sweepAt = performance.now() + SWEEP_MS;
    for (let more = false; !more;) {
      const heard = await hints.next(Math.max(0, sweepAt - performance.now()));
      more = heard === null || heard.many;
      // The checkpoint stays: after a reconnect the poll finds these once more.
      if (heard !== null) yield { changes: await lookAt(reader, heard, signal), checkpoint };
    }
  }
}

async function lookAt(
  reader: Reader,
  { truncated, keys }: Hints,
  signal: AbortSignal,
): Promise<readonly Change[]> {
  return [
    ...(truncated ? [{ kind: 'reset' } as const] : []),
    ...(await changesOf(reader, await canonicalKeys(reader, keys, signal), signal)),
  ];
}
