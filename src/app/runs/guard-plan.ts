import { guard, type HeldReason } from '../../domain/runs/safeguard.ts';
import { addCounts, type RunCounters, type RunState } from '../../domain/runs/run.ts';
import type { RunRow } from '../../store/entities/runs.ts';
import { forgetDigests } from '../../store/runs/digests.ts';
import { planAbsences } from '../../store/runs/plan.ts';
import { planFacts } from '../../store/runs/plan-facts.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import { forgetStaged } from '../../store/runs/staged-keys.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { RunSession } from './run-session.ts';

/**
 * Absences, the safeguards' answer and the new state are one transaction: only a
 * pass that came to its end plans absences, and it plans them once. Changes that
 * come in small pieces are guarded together with those of the hour before.
 *
 * @param read the counters of what was planned so far.
 * @returns the plan's counters to go on with; null when the run ends or waits here.
 */
export async function guardPlan(session: RunSession, read: RunCounters): Promise<RunCounters | null> {
  const { context, lease, run, provider, logger } = session;
  return await context.store.transaction(async (tx) => {
    const whole = run.kind === 'full';
    const counters = whole
      ? addCounts(read, { disabled: await planAbsences(tx, run.id, provider.id) })
      : read;
    await forgetStaged(tx, run.id);
    await forgetDigests(tx, run.id);
    const { digest, emails, ...facts } = await lookAtPlan(tx, session);
    const holds = provider.definition.password?.invitations === 'hold';
    const heldReasons = guard(
      { ...facts, read: whole ? counters.read : null, emails: holds ? 0 : counters.emails + emails },
      provider.definition.safeguards,
    );
    const state = stateAfterPlan(run, heldReasons);
    await saveProgress(tx, lease, { state, counters, heldReasons, planHash: digest, position: null });
    if (state === 'held')
      logger.warn('a safeguard holds a run', { reasons: heldReasons.map(({ message }) => message) });
    return state === 'applying' ? counters : null;
  });
}

async function lookAtPlan(
  tx: Transaction,
  { run, provider }: RunSession,
): Promise<Awaited<ReturnType<typeof planFacts>>> {
  return await planFacts(tx, { runId: run.id, providerId: provider.id, alone: run.kind === 'full' });
}

function stateAfterPlan(run: RunRow, heldReasons: readonly HeldReason[]): RunState {
  if (run.dryRun) return 'done';
  return heldReasons.length > 0 ? 'held' : 'applying';
}
