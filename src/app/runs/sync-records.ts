import type { RecordKey } from '../../../connectors/contract/record.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import { faultyKeys, resolveFaults } from '../../store/runs/faults.ts';
import { addFaults } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { writeAbsences } from '../../store/runs/write-absences.ts';
import { changesOf, countDecisions, decideBatch, faultsOf, type Decided } from './decide-batch.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';
import { writeChanges } from './write-changes.ts';

const BATCH_RECORDS = 1_000;

/**
 * Brings named records into step: one person, or the faulty records of an
 * earlier run. A record that the source says does not exist disables its profile
 * at once; it was asked for by key, so its absence is certain.
 */
export async function syncRecords(session: RunSession): Promise<RunCounters> {
  const { run, context, signal } = session;
  let counters = run.counters;
  if (run.recordKey !== null)
    return (await syncBatch(session, [run.recordKey as RecordKey], counters)).counters;
  let after = run.position ?? '';
  for (;;) {
    const keys = await faultyKeys(context.store.read, run.replayOf ?? '', { after, limit: BATCH_RECORDS });
    if (keys.length === 0) return counters;
    counters = (await syncBatch(session, keys as readonly RecordKey[], counters)).counters;
    after = keys.at(-1) ?? after;
    signal.throwIfAborted();
  }
}

/** @returns what was decided, for those who explain it, and the counters after it. */
export async function syncBatch(
  session: RunSession,
  keys: readonly RecordKey[],
  counters: RunCounters,
): Promise<{ readonly decided: Decided; readonly counters: RunCounters }> {
  const { context, connector, run, lease, signal } = session;
  const source = new SourceReader(session);
  const records = await source.ask(() => connector.records.get(keys, signal));
  const present = new Set(records.map((record) => record.key));
  return await context.store.transaction(async (tx) => {
    const gone = await writeAbsences(
      tx,
      session.scope,
      keys.filter((key) => !present.has(key)),
    );
    const decided = await decideBatch(session, tx, { records, lock: true });
    const changes = changesOf(decided.decisions);
    const faulty = faultsOf(decided.decisions);
    await writeChanges(session, tx, changes);
    await addFaults(tx, run.id, faulty);
    const bad = new Set<string>(faulty.map(({ key }) => key));
    await resolveFaults(tx, session.provider.id, {
      keys: keys.filter((key) => !bad.has(key)),
      runId: run.id,
    });
    const counted = addCounts(addCounts(counters, countDecisions(decided.decisions)), {
      read: records.length,
      unchanged: decided.unchanged,
      disabled: gone.length,
      applied: changes.length + gone.length,
    });
    await saveProgress(tx, lease, { counters: counted, position: keys.at(-1) ?? null });
    return { decided, counters: counted };
  });
}
