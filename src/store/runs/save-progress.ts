import type { HeldReason } from '../../domain/runs/safeguard.ts';
import type { RunCounters, RunPhase, RunState } from '../../domain/runs/run.ts';
import type { Transaction } from '../transaction.ts';

/** What a step of a run leaves behind; absent fields stay as they are. */
export interface RunProgress {
  readonly state?: RunState;
  readonly counters?: RunCounters;
  /** The last key dealt with in the present phase; null at its start. */
  readonly position?: string | null;
  readonly phase?: RunPhase;
  readonly checkpoint?: string;
  readonly buckets?: number;
  /** Null: nobody knows. */
  readonly expected?: number | null;
  readonly planned?: boolean;
  readonly planHash?: string;
  readonly heldReasons?: readonly HeldReason[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Thrown when a worker finds that another has taken its run over; everything it did since its last commit is rolled back. */
export class RunLeaseLost extends Error {
  override readonly name = 'RunLeaseLost';
}

/**
 * Saves progress in the transaction of the step itself, so that both or neither
 * are kept, and only while the run is still this worker's.
 *
 * @throws RunLeaseLost
 */
export async function saveProgress(
  tx: Transaction,
  lease: { readonly runId: string; readonly owner: string },
  progress: RunProgress,
): Promise<void> {
  const values: unknown[] = [lease.runId, lease.owner];
  const sets = columnsOf(progress).map(([column, value]) => {
    values.push(value);
    return `${column} = $${String(values.length)}`;
  });
  sets.push('updated_at = now()', `lease_until = now() + interval '30 seconds'`);
  if (isResting(progress.state)) sets.splice(-1, 1, 'lease_owner = NULL', 'lease_until = NULL');
  if (progress.state === 'done' || progress.state === 'failed') sets.push('finished_at = now()');
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE runs SET ${sets.join(', ')} WHERE id = $1 AND lease_owner = $2`,
    values,
  );
  if (count !== 1) throw new RunLeaseLost(`run ${lease.runId} was taken over`);
  await tx.query(`SELECT pg_notify('tributary_runs', $1)`, [lease.runId]);
}

function columnsOf(progress: RunProgress): readonly (readonly [column: string, value: unknown])[] {
  const { counters, heldReasons } = progress;
  const columns: (readonly [string, unknown])[] = [
    ['state', progress.state],
    ['counters', counters === undefined ? undefined : JSON.stringify(counters)],
    ['position', progress.position],
    ['phase', progress.phase],
    ['checkpoint', progress.checkpoint],
    ['buckets', progress.buckets],
    ['expected', progress.expected],
    ['planned', progress.planned],
    ['plan_hash', progress.planHash],
    ['held_reasons', heldReasons === undefined ? undefined : JSON.stringify(heldReasons)],
    ['error_code', progress.error?.code],
    ['error', progress.error?.message],
  ];
  return columns.filter(([, value]) => value !== undefined);
}

function isResting(state: RunState | undefined): boolean {
  return state === 'held' || state === 'done' || state === 'failed';
}
