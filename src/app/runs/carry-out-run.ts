import { ConnectorError } from '../../../connectors/contract/errors.ts';
import { guard, type HeldReason } from '../../domain/runs/safeguard.ts';
import { addCounts, type RunCounters, type RunState } from '../../domain/runs/run.ts';
import { AppError, asError } from '../../kernel/errors.ts';
import { ProviderEntity, type ProviderRow } from '../../store/entities/directory.ts';
import { RunEntity, type RunRow } from '../../store/entities/runs.ts';
import { claimRun, renewRun } from '../../store/runs/claim-run.ts';
import { planAbsences, planFacts } from '../../store/runs/plan.ts';
import { RunLeaseLost, saveProgress } from '../../store/runs/save-progress.ts';
import type { AppContext } from '../context.ts';
import { openConnector } from '../providers/open-connector.ts';
import { applyPlan } from './apply-plan.ts';
import { chooseRoad } from './choose-road.ts';
import { importRecords } from './import-records.ts';
import { noteProviderHealth } from './note-provider-health.ts';
import { planRecords } from './plan-records.ts';
import { startSession, type RunSession } from './run-session.ts';
import { syncRecords } from './sync-records.ts';

export interface RunOutcome {
  /** The state the run is in now. `queued`: another run of this provider is under way; ask again later. */
  readonly state: RunState;
}

/** A third of the lease: two heartbeats may fail before a run is taken away. */
const HEARTBEAT_MS = 10_000;

/**
 * Carries a run as far as it can go: to its end, or to a safeguard. Calling
 * again, after any interruption and from any process, goes on where it stopped;
 * calling for a finished or held run changes nothing.
 *
 * A fault of the source ends the run as `failed`; it does not reject.
 *
 * @throws the signal's reason when aborted, with the run handed back; and for faults of the store.
 */
export async function carryOutRun(
  context: AppContext,
  runId: string,
  worker: { readonly owner: string; readonly signal: AbortSignal },
): Promise<RunOutcome> {
  const claim = await claimRun(context.store.read, runId, worker.owner);
  if (claim.kind === 'busy') return { state: 'queued' };
  if (claim.kind === 'settled') return await stateOf(context, runId);
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    void keepLease(context, { runId, owner: worker.owner }, lost);
  }, HEARTBEAT_MS);
  try {
    await carryOut(context, claim.run, { ...worker, signal: AbortSignal.any([worker.signal, lost.signal]) });
    return await stateOf(context, runId);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Aborts the run when it belongs to another worker by now. A store that does not answer is asked again at the next beat. */
async function keepLease(
  context: AppContext,
  lease: { runId: string; owner: string },
  lost: AbortController,
): Promise<void> {
  try {
    const mine = await renewRun(context.store.read, lease.runId, lease.owner);
    if (!mine) lost.abort(new RunLeaseLost(`run ${lease.runId} was taken over`));
  } catch (error) {
    context.logger.warn('the heartbeat of a run failed', { run: lease.runId, error });
  }
}

async function stateOf(context: AppContext, runId: string): Promise<RunOutcome> {
  const { state } = await context.store.read.findOneByOrFail(RunEntity, { id: runId });
  return { state };
}

async function carryOut(
  context: AppContext,
  run: RunRow,
  worker: { owner: string; signal: AbortSignal },
): Promise<void> {
  const { owner, signal } = worker;
  const provider = await context.store.read.findOneByOrFail(ProviderEntity, { id: run.providerId });
  const lease = { runId: run.id, owner };
  try {
    refuseChangedDefinition(run, provider);
    await using connector = await openConnector(context, provider);
    const session = startSession({ context, provider, connector, run, lease, signal });
    await travel(session);
    await noteProviderHealth(context, provider.id, null);
  } catch (error) {
    if (signal.aborted) {
      await releaseLease(context, lease);
      throw asError(signal.reason);
    }
    if (!(error instanceof ConnectorError) && !(error instanceof AppError)) throw error;
    context.logger.error('a run failed', { provider: provider.name, run: run.id, error });
    const fault = { code: error.code, message: error.message };
    await context.store.transaction(
      async (tx) => await saveProgress(tx, lease, { state: 'failed', error: fault }),
    );
    await noteProviderHealth(context, provider.id, fault);
  }
}

/** A plan made under one definition is not carried out under another. */
function refuseChangedDefinition(run: RunRow, provider: ProviderRow): void {
  if (run.definitionVersion === provider.version) return;
  throw new AppError({
    kind: 'conflict',
    code: 'DEFINITION_CHANGED',
    message: `The definition of ${provider.name} changed after this run was asked for.`,
    remedy: 'Start a new run.',
  });
}

async function releaseLease(context: AppContext, lease: { runId: string; owner: string }): Promise<void> {
  await context.store.read.query(
    'UPDATE runs SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2',
    [lease.runId, lease.owner],
  );
}

async function travel(session: RunSession): Promise<void> {
  const { run } = session;
  const counters = run.kind === 'record' ? await syncRecords(session) : await passOver(session);
  if (counters !== null) await finish(session, counters);
}

/** @returns the counters at the end; null when the run ended after its plan, or waits for an operator. */
async function passOver(session: RunSession): Promise<RunCounters | null> {
  const road = await chooseRoad(session);
  if (road === 'import') return await importRecords(session);
  const counters = road === 'plan' ? await planAndGuard(session) : session.run.counters;
  return counters === null ? null : await applyPlan(session, counters);
}

/**
 * Absences, the safeguards' answer and the new state are one transaction: only a
 * pass that came to its end plans absences, and it plans them once.
 *
 * @returns the plan's counters to go on with; null when the run ends or waits here.
 */
async function planAndGuard(session: RunSession): Promise<RunCounters | null> {
  const { context, lease, run, provider, logger } = session;
  const read = await planRecords(session);
  return await context.store.transaction(async (tx) => {
    const counters = addCounts(read, { disabled: await planAbsences(tx, run.id, provider.id) });
    const facts = await planFacts(tx, run.id, provider.id);
    const heldReasons = guard(
      { ...facts, read: counters.read, emails: counters.emails },
      provider.definition.safeguards,
    );
    const state = stateAfterPlan(run, heldReasons);
    await saveProgress(tx, lease, { state, counters, heldReasons, planHash: facts.digest, position: null });
    if (state === 'held')
      logger.warn('a safeguard holds a run', { reasons: heldReasons.map(({ message }) => message) });
    return state === 'applying' ? counters : null;
  });
}

function stateAfterPlan(run: RunRow, heldReasons: readonly HeldReason[]): RunState {
  if (run.dryRun) return 'done';
  return heldReasons.length > 0 ? 'held' : 'applying';
}

async function finish({ context, lease, logger }: RunSession, counters: RunCounters): Promise<void> {
  await context.store.transaction(async (tx) => await saveProgress(tx, lease, { state: 'done', counters }));
  logger.info('run done', counters);
}
