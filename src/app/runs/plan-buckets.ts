import type { Fingerprint, RecordKey, SourceRecord } from '../../../connectors/contract/record.ts';
import { isUnchanged } from '../../domain/runs/decide-record.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import { differingBuckets, unseenKeys } from '../../store/runs/digests.ts';
import { loadLinks } from '../../store/runs/load-known.ts';
import { addFaults, addPlanned, addSeen } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { changesOf, countDecisions, decideBatch, faultsOf } from './decide-batch.ts';
import { plannedRecord } from './plan-records.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

const BATCH_RECORDS = 2_000;

type Pair = readonly [RecordKey, Fingerprint];

/**
 * Looks at the records of the buckets that differ: their fingerprints first, and of
 * those that differ the records. Each batch is one transaction. A pass that was
 * killed begins again and skips what it has met.
 *
 * @returns the counters of the whole plan; absences are not yet among them.
 */
export async function planBuckets(session: RunSession): Promise<RunCounters> {
  const { context, connector, run, signal } = session;
  const wanted = await differingBuckets(context.store.read, run.id);
  const source = new SourceReader(session);
  let { counters } = run;
  if (wanted.size === 0) return counters;
  const only = { buckets: run.buckets ?? 0, wanted };
  await source.ask(async () => {
    for await (const batch of batchesOf(connector.records.fingerprints(signal, only))) {
      counters = await planPairs(session, { batch, counters });
      signal.throwIfAborted();
    }
  });
  return counters;
}

async function* batchesOf(pairs: AsyncIterable<Pair>): AsyncGenerator<readonly Pair[], void, undefined> {
  let batch: Pair[] = [];
  for await (const pair of pairs) {
    batch.push(pair);
    if (batch.length < BATCH_RECORDS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function planPairs(
  session: RunSession,
  { batch, counters }: { readonly batch: readonly Pair[]; readonly counters: RunCounters },
): Promise<RunCounters> {
  const { context, connector, run, provider, rules, signal } = session;
  const { read } = context.store;
  const unseen = await unseenKeys(
    read,
    run.id,
    batch.map(([key]) => key),
  );
  const news = batch.filter(([key]) => unseen.has(key));
  if (news.length === 0) return counters;
  const recordKeys = news.map(([key]) => key);
  const links = await loadLinks(read, { providerId: provider.id, recordKeys, lock: false });
  const changed = news.filter(([key, print]) => !isUnchanged(links.get(key), print, rules.mappedBy));
  const keys = changed.map(([key]) => key);
  const records = keys.length === 0 ? [] : await connector.records.get(keys, signal);
  return await planChanged(session, {
    met: recordKeys,
    unchanged: news.length - changed.length,
    records,
    counters,
  });
}

interface Changed {
  readonly met: readonly string[];
  readonly unchanged: number;
  readonly records: readonly SourceRecord[];
  readonly counters: RunCounters;
}

async function planChanged(session: RunSession, about: Changed): Promise<RunCounters> {
  const { context, run, lease } = session;
  return await context.store.transaction(async (tx) => {
    await addSeen(tx, run.id, about.met);
    const { decisions, unchanged } = await decideBatch(session, tx, { records: about.records, lock: false });
    await addPlanned(tx, run.id, changesOf(decisions).map(plannedRecord));
    await addFaults(tx, run.id, faultsOf(decisions));
    const more = addCounts(about.counters, countDecisions(decisions));
    const counters = addCounts(more, { unchanged: about.unchanged + unchanged });
    await saveProgress(tx, lease, { counters });
    return counters;
  });
}
