import type { RecordKey } from '../../../connectors/contract/record.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import { addFaults } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { changesOf, countDecisions, decideBatch, faultsOf } from './decide-batch.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';
import { writeChanges } from './write-changes.ts';

/** Large enough that a transaction's cost disappears, small enough that 300 MB suffice. */
export const PAGE_RECORDS = 1_000;

/**
 * A first import: nothing to compare and nothing to guard, so every page is
 * applied as it is read. Each page is one transaction with the position after
 * it: a killed import goes on at the next page.
 *
 * @returns the counters at its end.
 */
export async function importRecords(session: RunSession): Promise<RunCounters> {
  const { context, connector, lease, run, signal } = session;
  const source = new SourceReader(session);
  let counters = run.counters;
  let after = run.position as RecordKey | null;
  for (;;) {
    const from = after;
    const page = await source.ask(() => connector.records.page(from, PAGE_RECORDS, signal));
    counters = await context.store.transaction(async (tx) => {
      const { decisions, unchanged } = await decideBatch(session, tx, { records: page.records, lock: true });
      await writeChanges(session, tx, changesOf(decisions));
      await addFaults(tx, run.id, faultsOf(decisions));
      const counted = addCounts(addCounts(counters, countDecisions(decisions)), {
        read: page.records.length,
        unchanged,
        applied: changesOf(decisions).length,
      });
      await saveProgress(tx, lease, { counters: counted, position: page.records.at(-1)?.key ?? from });
      return counted;
    });
    if (page.next === null) return counters;
    after = page.next;
    signal.throwIfAborted();
  }
}
