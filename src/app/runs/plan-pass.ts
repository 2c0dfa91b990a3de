import type { DigestPage, DigestStretch, RecordReader } from '../../../connectors/contract/connector.ts';
import type { RecordKey } from '../../../connectors/contract/record.ts';
import { bucketsFor, isWorthDigests } from '../../domain/runs/buckets.ts';
import { addCounts, type RunCounters } from '../../domain/runs/run.ts';
import type { RunRow } from '../../store/entities/runs.ts';
import { addRunDigests, compareDigests, countMapped, forgetDigests } from '../../store/runs/digests.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { planBuckets } from './plan-buckets.ts';
import { planRecords } from './plan-records.ts';
import type { RunSession } from './run-session.ts';
import { SourceReader } from './source-reader.ts';

/** So many records are digested by one statement at the source; it takes a fraction of a second. */
const STRETCH_RECORDS = 100_000;

/**
 * Plans a full run. Where the source can digest its records itself, and most people
 * are as the present mapping made them, only buckets whose digests differ from ours
 * are read; otherwise every record is. Either way the plan is the same.
 *
 * @returns the counters of everything that was read; absences are not yet among them.
 */
export async function planPass(session: RunSession): Promise<RunCounters> {
  let at = session;
  if (at.run.phase === null && at.run.position === null) at = await choosePhase(at);
  if (at.run.phase === 'digests') at = await readDigests(at);
  return at.run.phase === 'buckets' ? await planBuckets(at) : await planRecords(at);
}

async function choosePhase(session: RunSession): Promise<RunSession> {
  const { context, connector, provider, rules } = session;
  if (connector.records.digest === undefined) return await enter(session, { phase: 'pages' });
  const { present, mapped } = await countMapped(context.store.read, provider.id, rules.mappedBy);
  if (!isWorthDigests(mapped, present)) return await enter(session, { phase: 'pages' });
  return await enter(session, { phase: 'digests', buckets: bucketsFor(present) });
}

type Entered = Pick<RunRow, 'phase'> & Partial<Pick<RunRow, 'buckets'>>;

/** The phase that follows, from its start. */
async function enter(session: RunSession, { phase, buckets }: Entered): Promise<RunSession> {
  const { context, lease, run } = session;
  const next = { position: null, ...(phase !== null && { phase }), ...(buckets != null && { buckets }) };
  await context.store.transaction(async (tx) => await saveProgress(tx, lease, next));
  return { ...session, run: { ...run, ...next } };
}

/** Sums up the digests of the whole source, stretch by stretch, each with the position after it, and compares them. */
async function readDigests(session: RunSession): Promise<RunSession> {
  const { context, connector, run, lease, signal } = session;
  const { records } = connector;
  const { buckets } = run;
  if (buckets === null) throw new Error('a run by digests has buckets');
  const source = new SourceReader(session);
  let after = run.position as RecordKey | null;
  for (;;) {
    const stretch = { after, buckets, limit: STRETCH_RECORDS };
    const page = await source.ask(() => digestStretch(records, stretch, signal));
    if (page.next === null) return await compare(session, page.digests);
    await context.store.transaction(async (tx) => {
      await addRunDigests(tx, run.id, page.digests);
      await saveProgress(tx, lease, { position: page.next });
    });
    after = page.next;
    signal.throwIfAborted();
  }
}

/** A definition that changes while its run is under way ends the run, so that the connector stays the same. */
async function digestStretch(
  records: RecordReader,
  stretch: DigestStretch,
  signal: AbortSignal,
): Promise<DigestPage> {
  if (records.digest === undefined) throw new Error('a run by digests needs a source that has them');
  return await records.digest(stretch, signal);
}

type Digests = Parameters<typeof addRunDigests>[2];

/** The last stretch, the comparison and the phase that follows are one transaction. */
async function compare(session: RunSession, last: Digests): Promise<RunSession> {
  const { context, run, lease, provider, rules, logger } = session;
  const { mappedBy } = rules;
  return await context.store.transaction(async (tx) => {
    await addRunDigests(tx, run.id, last);
    const buckets = run.buckets ?? 0;
    const found = await compareDigests(tx, { runId: run.id, providerId: provider.id, mappedBy, buckets });
    logger.info('digests compared', { ...found, buckets });
    const worth = isWorthDigests(found.agreeing, found.records);
    if (!worth) await forgetDigests(tx, run.id);
    const counters = worth
      ? addCounts(run.counters, { read: found.records, unchanged: found.agreeing })
      : run.counters;
    const phase = worth ? ('buckets' as const) : ('pages' as const);
    await saveProgress(tx, lease, { phase, position: null, counters });
    return { ...session, run: { ...run, phase, position: null, counters } };
  });
}
