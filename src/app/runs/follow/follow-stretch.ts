import { ConnectorError } from '../../../../connectors/contract/errors.ts';
import type { Connector } from '../../../../connectors/contract/connector.ts';
import { noteBehind } from '../../../store/followers/note-follower.ts';
import { releaseRun } from '../../../store/runs/release-run.ts';
import { deleteStretch, insertStretch } from '../../../store/runs/stretches.ts';
import { applyPlan } from '../apply-plan.ts';
import { acknowledgeRun } from '../conclude-run.ts';
import { guardPlan } from '../guard-plan.ts';
import type { KeyBatch } from '../key-feed.ts';
import { planKeys } from '../plan-keys.ts';
import { startSession, type RunSession } from '../run-session.ts';
import { endStaging, stageBatch } from '../stage-changes.ts';
import type { Follower } from './follower.ts';
import type { BatchReader } from './next-batch.ts';

/** A stretch ends after so many records, or so long after its first, at the next end of a source transaction. */
const STRETCH_RECORDS = 1_000;
const STRETCH_MS = 250;

export interface Stream {
  readonly connector: Connector;
  readonly batches: BatchReader;
}

/**
 * Applies one stretch of a stream as a run of its own: staged, planned, guarded and
 * applied as a delta is. A source transaction is never cut; a large one is staged in
 * the store and not held in memory.
 *
 * @returns `done`; `waits` when another run stands before it or a safeguard holds it.
 */
export async function followStretch(
  follower: Follower,
  stream: Stream,
  first: KeyBatch,
): Promise<'done' | 'waits'> {
  const { context, provider, owner, signal, held } = follower;
  const { store } = context;
  const run = await insertStretch(store.read, { providerId: provider.id, owner, version: provider.version });
  if (run === null) return 'waits';
  held.runId = run.id;
  const lease = { runId: run.id, owner };
  const { connector } = stream;
  const session = startSession({ context, provider, connector, run, lease, signal });
  try {
    await noteBehind(store.read, provider.id, true);
    await stageStretch(session, stream.batches, first);
    return await carryOut(session);
  } finally {
    held.runId = null;
    // Of a stretch that was not read to its end nothing is kept; any other goes on where it stopped.
    await deleteStretch(store.read, lease);
    await releaseRun(store.read, lease);
  }
}

async function stageStretch(session: RunSession, batches: BatchReader, first: KeyBatch): Promise<void> {
  const end = performance.now() + STRETCH_MS;
  let batch = first;
  let upTo = first.checkpoint;
  let records = 0;
  for (;;) {
    await stageBatch(session, batch);
    session.signal.throwIfAborted();
    records += batch.keys.length;
    upTo = batch.checkpoint ?? upTo;
    const whole = batch.checkpoint !== null;
    const left = records >= STRETCH_RECORDS ? 0 : end - performance.now();
    if (whole && left <= 0) break;
    const next = await batches.next(whole ? left : null);
    if (next === 'late' || next === 'ended') {
      if (whole) break;
      throw new ConnectorError('SOURCE_UNREACHABLE', 'the stream ended within a transaction');
    }
    batch = next;
  }
  if (upTo === null) throw new Error('a stretch ends where a transaction ends');
  await endStaging(session, upTo);
}

async function carryOut(session: RunSession): Promise<'done' | 'waits'> {
  const counters = await guardPlan(session, await planKeys(session));
  if (counters === null) return 'waits';
  await applyPlan(session, counters);
  await noteBehind(session.context.store.read, session.provider.id, false);
  await acknowledgeRun(session);
  return 'done';
}
