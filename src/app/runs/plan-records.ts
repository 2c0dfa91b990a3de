import type { RecordKey } from '../../../connectors/contract/record.ts';
import type { Change } from '../../domain/runs/decision.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import { addFaults, addPlanned, addSeen, type PlannedRecord } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { changesOf, countDecisions, decideBatch, faultsOf } from './decide-batch.ts';
import { PAGE_RECORDS } from './import-records.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

/**
 * Reads every record and writes down what would have to happen, without doing
 * it. Each page is one transaction with the position after it.
 *
 * @returns the counters of everything that was read; absences are not yet among them.
 */
export async function planRecords(session: RunSession): Promise<RunCounters> {
  const { connector, run, signal } = session;
  const source = new SourceReader(session);
  let counters = run.counters;
  let after = run.position as RecordKey | null;
  for (;;) {
    const from = after;
    const page = await source.ask(() => connector.records.page(from, PAGE_RECORDS, signal));
    counters = await planPage(session, { records: page.records, counters, from });
    if (page.next === null) return counters;
    after = page.next;
    signal.throwIfAborted();
  }
}

interface Page {
  readonly records: Parameters<typeof decideBatch>[2]['records'];
  readonly counters: RunCounters;
  readonly from: RecordKey | null;
}

async function planPage(session: RunSession, page: Page): Promise<RunCounters> {
  const { context, run, lease } = session;
  return await context.store.transaction(async (tx) => {
    const { decisions, unchanged } = await decideBatch(session, tx, { records: page.records, lock: false });
    const keys = page.records.map((record) => record.key);
    await addSeen(tx, run.id, keys);
    await addPlanned(tx, run.id, changesOf(decisions).map(plannedRecord));
    await addFaults(tx, run.id, faultsOf(decisions));
    const more = addCounts(page.counters, countDecisions(decisions));
    const counters = addCounts(more, { read: page.records.length, unchanged });
    await saveProgress(tx, lease, { counters, position: keys.at(-1) ?? page.from });
    return counters;
  });
}

/** How a plan remembers a decided change. */
export function plannedRecord(change: Change): PlannedRecord {
  const profileId = change.kind === 'create' ? null : change.outcome.profileId;
  return { key: change.key, action: change.kind, profileId, changes: change.changes };
}
