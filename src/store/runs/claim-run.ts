import { QueryFailedError } from 'typeorm';
import type { RunRow } from '../entities/runs.ts';
import { RunEntity } from '../entities/runs.ts';
import type { Transaction } from '../transaction.ts';

/** Longer than any batch takes; a killed worker's run is taken up once it has passed. */
const LEASE_SECONDS = 30;
const UNIQUE_VIOLATION = '23505';

export type Claim =
  | { readonly kind: 'claimed'; readonly run: RunRow }
  /** Finished, held, or under way in another worker: nothing to do here. */
  | { readonly kind: 'settled' }
  /** Another run of the same provider is under way. */
  | { readonly kind: 'busy' };

/**
 * Takes a run for one worker, for 30 seconds at a time. Queued runs start;
 * runs whose worker went away go on where they stopped.
 */
export async function claimRun(tx: Transaction, runId: string, owner: string): Promise<Claim> {
  try {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `UPDATE runs SET lease_owner = $2, lease_until = now() + make_interval(secs => ${String(LEASE_SECONDS)}),
         state = CASE state WHEN 'queued' THEN 'planning' ELSE state END,
         started_at = coalesce(started_at, now()), updated_at = now()
       WHERE id = $1 AND state IN ('queued', 'planning', 'applying')
         AND (lease_owner IS NULL OR lease_owner = $2 OR lease_until < now())
       RETURNING id`,
      [runId, owner],
    );
    if (rows.length === 0) return { kind: 'settled' };
  } catch (error) {
    if (isUniqueViolation(error)) return { kind: 'busy' };
    throw error;
  }
  const run = await tx.findOneByOrFail(RunEntity, { id: runId });
  return { kind: 'claimed', run };
}

/** A unique index refused a row: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: unknown }).code === UNIQUE_VIOLATION
  );
}

/** @returns false when the run belongs to somebody else by now. */
export async function renewRun(tx: Transaction, runId: string, owner: string): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE runs SET lease_until = now() + make_interval(secs => ${String(LEASE_SECONDS)})
     WHERE id = $1 AND lease_owner = $2`,
    [runId, owner],
  );
  return count === 1;
}
