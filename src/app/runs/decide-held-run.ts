import { AppError, missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { RunEntity, type RunRow } from '../../store/entities/runs.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { reviveEffects } from '../../store/outbox/revive-effects.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

export interface HeldDecision {
  readonly runId: string;
  /** Who decides. */
  readonly actor: string;
}

/**
 * Lets a held run carry out exactly the plan that was shown.
 *
 * @throws AppError `RUN_NOT_FOUND`, or `RUN_NOT_HELD` when somebody decided before.
 */
export async function approveRun(context: AppContext, decision: HeldDecision): Promise<void> {
  await decide(context, decision, 'applying');
}

/** Ends a held run without doing anything of its plan. @throws as {@link approveRun}. */
export async function rejectRun(context: AppContext, decision: HeldDecision): Promise<void> {
  await decide(context, decision, 'rejected');
}

async function decide(
  context: AppContext,
  { runId, actor }: HeldDecision,
  state: 'applying' | 'rejected',
): Promise<void> {
  await context.store.transaction(async (tx) => {
    const run = await findRun(tx, runId);
    const finished = state === 'rejected' ? 'now()' : 'NULL';
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE runs SET state = $2, decided_by = $3, finished_at = ${finished}, updated_at = now()
       WHERE id = $1 AND state = 'held'`,
      [runId, state, actor],
    );
    if (count !== 1) throw notHeld(run);
    if (state === 'applying') await reviveEffects(tx, 'run', [runId]);
    const action = state === 'applying' ? 'run.approve' : 'run.reject';
    await appendAudit(tx, context.keyring, {
      actor,
      action,
      subject: runId,
      detail: { plan: run.planHash, reasons: run.heldReasons },
    });
    await tx.query(`SELECT pg_notify('tributary_runs', $1)`, [runId]);
  });
}

function notHeld(run: RunRow): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'RUN_NOT_HELD',
    message: `Run ${run.id} is not held; it is ${run.state}.`,
    remedy: `Look at it with: tributary run show ${run.id}`,
  });
}

/** @throws AppError `RUN_NOT_FOUND` */
export async function findRun(tx: Transaction, runId: string): Promise<RunRow> {
  const run = isId(runId) ? await tx.findOneBy(RunEntity, { id: runId }) : null;
  if (run === null) throw missing('run', runId, 'List them with: tributary run list');
  return run;
}
