import type { RecordKey, SourceRecord } from '../../../connectors/contract/record.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import { addFaults, addPlanned } from '../../store/runs/plan.ts';
import { planRemovals } from '../../store/runs/plan-removals.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { nextStaged } from '../../store/runs/staged-keys.ts';
import { changesOf, countDecisions, decideBatch, faultsOf } from './decide-batch.ts';
import { plannedRecord } from './plan-records.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

const BATCH_RECORDS = 1_000;

/**
 * Reads the records that a run has staged, and writes down what would have to
 * happen. A record that the source does not have any more was asked for by key, so
 * its absence is certain. Each batch is one transaction with the position after it.
 *
 * @returns the counters of the whole plan.
 */
export async function planKeys(session: RunSession): Promise<RunCounters> {
  const { context, connector, run, signal } = session;
  const source = new SourceReader(session);
  let counters = run.counters;
  let after = run.phase === 'keys' ? (run.position ?? '') : '';
  for (;;) {
    const keys = await nextStaged(context.store.read, run.id, { after, limit: BATCH_RECORDS });
    const last = keys.at(-1);
    if (last === undefined) return counters;
    const records = await source.ask(() => connector.records.get(keys as readonly RecordKey[], signal));
    counters = await planBatch(session, { keys, records, counters });
    after = last;
    signal.throwIfAborted();
  }
}

interface Batch {
  readonly keys: readonly string[];
  readonly records: readonly SourceRecord[];
  readonly counters: RunCounters;
}

async function planBatch(session: RunSession, { keys, records, counters }: Batch): Promise<RunCounters> {
  const { context, run, lease, provider } = session;
  const present = new Set<string>(records.map((record) => record.key));
  const absent = keys.filter((key) => !present.has(key));
  return await context.store.transaction(async (tx) => {
    const disabled = await planRemovals(tx, { runId: run.id, providerId: provider.id, keys: absent });
    const { decisions, unchanged } = await decideBatch(session, tx, { records, lock: false });
    await addPlanned(tx, run.id, changesOf(decisions).map(plannedRecord));
    await addFaults(tx, run.id, faultsOf(decisions));
    const more = addCounts(counters, countDecisions(decisions));
    const counted = addCounts(more, { read: records.length, unchanged, disabled });
    await saveProgress(tx, lease, { counters: counted, position: keys.at(-1) ?? null });
    return counted;
  });
}
