import { NO_COUNTS, type RunKind, type RunState } from '../../domain/runs/run.ts';
import { newId } from '../../kernel/ids.ts';
import { RunEntity, type RunRow } from '../entities/runs.ts';
import type { Transaction } from '../transaction.ts';
import { isUniqueViolation } from './claim-run.ts';

/** Who follows which provider, under which definition. */
export interface StretchHolder {
  readonly providerId: string;
  readonly owner: string;
  readonly version: number;
}

/**
 * Begins a run for the next stretch of a stream, already under way in `owner`.
 *
 * @returns null when another run of the provider is under way, held or waits to
 *   begin, or the provider is not this owner's to follow any more.
 */
export async function insertStretch(tx: Transaction, holder: StretchHolder): Promise<RunRow | null> {
  const id = newId();
  try {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO runs (id, provider_id, definition_version, kind, cause, counters, state, lease_owner, lease_until, started_at)
       SELECT $4, p.id, p.version, 'stream', '{"kind": "system"}', $5::jsonb, 'planning', $2, now() + interval '30 seconds', now()
       FROM providers p JOIN followers f ON f.provider_id = p.id
       WHERE p.id = $1 AND p.version = $3 AND p.paused_at IS NULL AND f.owner = $2 AND f.lease_until > now()
         AND NOT EXISTS (SELECT FROM runs r WHERE r.provider_id = p.id AND r.kind <> 'record' AND r.state = 'queued')
       RETURNING id`,
      [holder.providerId, holder.owner, holder.version, id, JSON.stringify(NO_COUNTS)],
    );
    if (rows.length === 0) return null;
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
  return await tx.findOneByOrFail(RunEntity, { id });
}

/** Forgets a stretch that was not read to its end: the stream is read again from where it began. */
export async function deleteStretch(
  tx: Transaction,
  lease: { readonly runId: string; readonly owner: string | null },
): Promise<void> {
  await tx.query(
    `DELETE FROM runs WHERE id = $1 AND kind = 'stream' AND state = 'planning' AND checkpoint IS NULL
       AND (lease_owner = $2 OR lease_owner IS NULL OR lease_until < now())`,
    [lease.runId, lease.owner],
  );
}

export interface OpenRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly state: RunState;
  /** Nobody works on it. */
  readonly free: boolean;
  /** What it is to do is complete in the store. */
  readonly staged: boolean;
}

const OPEN = `SELECT id, kind, state, (lease_owner IS NULL OR lease_until < now()) AS free,
  checkpoint IS NOT NULL AS staged FROM runs`;

/** The run of a provider that stands before the next stretch; null when there is none. */
export async function runBefore(tx: Transaction, providerId: string): Promise<OpenRun | null> {
  const rows = await tx.query<OpenRun[]>(
    `${OPEN} WHERE provider_id = $1 AND kind <> 'record' AND state IN ('queued', 'planning', 'held', 'applying')
     ORDER BY state = 'queued', created_at LIMIT 1`,
    [providerId],
  );
  return rows[0] ?? null;
}

/** Stretches that nobody has worked on for a minute: the provider is paused, or its definition follows nothing any more. */
export async function strayStretches(tx: Transaction): Promise<readonly OpenRun[]> {
  return await tx.query<OpenRun[]>(
    `${OPEN} WHERE kind = 'stream' AND state IN ('planning', 'applying') AND updated_at < now() - interval '1 minute'
       AND (lease_owner IS NULL OR lease_until < now() - interval '30 seconds')`,
  );
}
