import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { RunState } from '../../domain/runs/run.ts';
import { AppError, asError } from '../../kernel/errors.ts';
import { ProviderEntity, type ProviderRow } from '../../store/entities/directory.ts';
import { RunEntity, type RunRow } from '../../store/entities/runs.ts';
import { claimRun, renewRun } from '../../store/runs/claim-run.ts';
import { releaseRun } from '../../store/runs/release-run.ts';
import { RunLeaseLost } from '../../store/runs/save-progress.ts';
import type { AppContext } from '../context.ts';
import { openConnector } from '../providers/open-connector.ts';
import { applyPlan } from './apply-plan.ts';
import { chooseRoad } from './choose-road.ts';
import { acknowledgeRun, concludeRun } from './conclude-run.ts';
import { failRun } from './fail-run.ts';
import { guardPlan } from './guard-plan.ts';
import { importRecords } from './import-records.ts';
import { noteProviderHealth } from './note-provider-health.ts';
import { planKeys } from './plan-keys.ts';
import { planPass } from './plan-pass.ts';
import { startSession, type RunSession } from './run-session.ts';
import { stageChanges } from './stage-changes.ts';
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
    session.logger.info('run ended here', { kind: run.kind, ...(await stateOf(context, run.id)) });
    await noteProviderHealth(context, provider.id, null);
  } catch (error) {
    if (signal.aborted) {
      await releaseRun(context.store.read, lease);
      throw asError(signal.reason);
    }
    if (!(error instanceof ConnectorError) && !(error instanceof AppError)) throw error;
    await failRun({ context, provider, run, lease }, error);
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

async function travel(session: RunSession): Promise<void> {
  const { run, context } = session;
  if (run.kind === 'record') {
    const counters = await syncRecords(session);
    await context.store.transaction(async (tx) => await concludeRun(session, tx, counters));
  } else if (run.kind === 'full') await passOver(session);
  else await followChanges(session);
  await acknowledgeRun(session);
}

/** Reads everything. */
async function passOver(session: RunSession): Promise<void> {
  const road = await chooseRoad(session);
  if (road === 'import') {
    const counters = await importRecords(session);
    await session.context.store.transaction(async (tx) => await concludeRun(session, tx, counters));
    return;
  }
  const counters = road === 'plan' ? await guardPlan(session, await planPass(session)) : session.run.counters;
  if (counters !== null) await applyPlan(session, counters);
}

/** Reads what changed. */
async function followChanges(session: RunSession): Promise<void> {
  const { run } = session;
  const staged = run.state !== 'planning' || run.phase === 'keys';
  // A stream has no end to stage up to: its follower does that, and nobody else.
  if (!staged && run.kind === 'stream') throw interrupted(run.id);
  if (!staged) await stageChanges(session);
  const counters =
    run.state === 'planning' ? await guardPlan(session, await planKeys(session)) : run.counters;
  if (counters !== null) await applyPlan(session, counters);
}

function interrupted(runId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'STRETCH_INTERRUPTED',
    message: `Run ${runId} was to follow a stream and was interrupted before it knew what to do.`,
    remedy: "Nothing is lost: the stream is read again from the provider's checkpoint.",
  });
}
