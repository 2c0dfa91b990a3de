import { setTimeout as sleep } from 'node:timers/promises';
import type { Cause } from '../../domain/cause.ts';
import { explainSteps, type ResyncStep } from '../../domain/runs/explain.ts';
import { isFinished, type FieldChange, type RunState } from '../../domain/runs/run.ts';
import { newId } from '../../kernel/ids.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import { describeRecord } from '../../store/runs/describe-record.ts';
import type { ListedRun } from '../../store/runs/list-runs.ts';
import type { AppContext } from '../context.ts';
import { carryOutRun } from './carry-out-run.ts';
import { requestRun } from './request-run.ts';
import { listRunErrors, showRun } from './show-run.ts';

export interface ResyncReport {
  readonly runId: string;
  readonly state: RunState;
  /** connected, found, mapped, matched, done: always all five, in this order. */
  readonly steps: readonly ResyncStep[];
  /** Null when there is none. */
  readonly profileId: string | null;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** A worker may have taken the run first; its row says when it is done. */
const POLL_MS = 100;
const MOST_FAULTS = 50;

/**
 * Brings one person into step now, and explains in five steps what happened. The
 * run is carried out here unless a worker was quicker; either way it is done
 * once, and stays in the list of runs.
 *
 * @throws AppError `PROVIDER_NOT_FOUND`; the signal's reason when aborted.
 */
export async function explainResync(
  context: AppContext,
  request: {
    readonly provider: string;
    readonly recordKey: string;
    readonly cause: Cause;
    readonly signal: AbortSignal;
  },
): Promise<ResyncReport> {
  const { provider, recordKey, cause, signal } = request;
  const { runId } = await requestRun(context, { provider, kind: 'record', recordKey, cause });
  await carryOutRun(context, runId, { owner: newId(), signal });
  const run = await finished(context, runId, signal);
  const faults = await listRunErrors(context, runId, { after: null, limit: MOST_FAULTS });
  const person = await describeRecord(context.store.read, { runId, provider, recordKey });
  const { definition } = await findProvider(context.store.read, provider);
  const error = run.errorCode === null ? null : { code: run.errorCode, message: run.error ?? '' };
  const steps = explainSteps({
    provider,
    recordKey,
    state: run.state,
    error,
    counters: run.counters,
    faults,
    holdsInvitations: definition.password?.invitations === 'hold',
    ...person,
  });
  return { runId, state: run.state, steps, profileId: person.profileId, changes: person.changes };
}

async function finished(context: AppContext, runId: string, signal: AbortSignal): Promise<ListedRun> {
  for (;;) {
    const run = await showRun(context, runId);
    if (isFinished(run.state)) return run;
    await sleep(POLL_MS, undefined, { signal });
  }
}
