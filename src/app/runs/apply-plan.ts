import { isDeepStrictEqual } from 'node:util';
import type { RecordKey, SourceRecord } from '../../../connectors/contract/record.ts';
import type { Change } from '../../domain/runs/decision.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import type { RunRecordRow } from '../../store/entities/runs.ts';
import { addFaults, markPlanned, nextPlanned } from '../../store/runs/plan.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { writeAbsences } from '../../store/runs/write-absences.ts';
import type { Transaction } from '../../store/transaction.ts';
import { concludeRun } from './conclude-run.ts';
import { changesOf, decideBatch, faultsOf } from './decide-batch.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';
import { writeChanges } from './write-changes.ts';

const BATCH_RECORDS = 1_000;

type Results = Map<string, RunRecordRow['state']>;

/**
 * Carries out a plan. Every batch reads its records again and decides again, so
 * that what is written is what the source says now; whatever no longer calls for
 * the planned action is skipped and left to the next run. Nobody is disabled
 * whose record has come back meanwhile. Each batch is one transaction, and the
 * last one ends the run.
 */
export async function applyPlan(session: RunSession, planned: RunCounters): Promise<void> {
  const { context, connector, run, signal } = session;
  const source = new SourceReader(session);
  let counters = planned;
  for (;;) {
    const batch = await nextPlanned(context.store.read, run.id, BATCH_RECORDS);
    const last = batch.length < BATCH_RECORDS;
    const keys = batch.map((record) => record.recordKey as RecordKey);
    const records = keys.length === 0 ? [] : await source.ask(() => connector.records.get(keys, signal));
    counters = await context.store.transaction(
      async (tx) => await applyBatch(session, tx, { batch, records, counters, last }),
    );
    if (last) return;
    signal.throwIfAborted();
  }
}

interface Batch {
  readonly batch: readonly RunRecordRow[];
  readonly records: readonly SourceRecord[];
  readonly counters: RunCounters;
  /** Nothing of the plan comes after it. */
  readonly last: boolean;
}

async function applyBatch(session: RunSession, tx: Transaction, about: Batch): Promise<RunCounters> {
  const { lease, run } = session;
  const results: Results = new Map(about.batch.map((record) => [record.recordKey, 'skipped']));
  await applyAbsences(session, tx, { ...about, results });
  await applyChanges(session, tx, { ...about, results });
  await markPlanned(tx, run.id, results);
  const outcomes = [...results.values()];
  const counters = addCounts(about.counters, {
    applied: outcomes.filter((state) => state === 'applied').length,
    skipped: outcomes.filter((state) => state === 'skipped').length,
    errors: outcomes.filter((state) => state === 'error').length,
  });
  if (about.last) await concludeRun(session, tx, counters);
  else await saveProgress(tx, lease, { counters });
  return counters;
}

async function applyAbsences(
  session: RunSession,
  tx: Transaction,
  about: Batch & { results: Results },
): Promise<void> {
  const present = new Set<string>(about.records.map((record) => record.key));
  const absent = about.batch.filter(
    (record) => record.action === 'disable' && !present.has(record.recordKey),
  );
  const keys = absent.map((record) => record.recordKey);
  for (const key of await writeAbsences(tx, session.scope, keys)) about.results.set(key, 'applied');
}

async function applyChanges(
  session: RunSession,
  tx: Transaction,
  about: Batch & { results: Results },
): Promise<void> {
  const { results } = about;
  const plan = new Map(
    about.batch.filter((record) => record.action !== 'disable').map((record) => [record.recordKey, record]),
  );
  const records = about.records.filter((record) => plan.has(record.key));
  const { decisions } = await decideBatch(session, tx, { records, lock: true });
  const changes = changesOf(decisions).filter((change) => isPlanned(session, change, plan.get(change.key)));
  await writeChanges(session, tx, changes);
  for (const change of changes) results.set(change.key, 'applied');
  const faulty = faultsOf(decisions);
  await addFaults(tx, session.run.id, faulty);
  for (const { key } of faulty) results.set(key, 'error');
}

/** An operator approved one plan and no other: what changed again since then waits for the next run. */
function isPlanned({ run }: RunSession, change: Change, planned: RunRecordRow | undefined): boolean {
  if (planned?.action !== change.kind) return false;
  return run.decidedBy === null || isDeepStrictEqual({ ...change.changes }, planned.changes);
}
