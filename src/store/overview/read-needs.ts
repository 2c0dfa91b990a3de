import type { Transaction } from '../transaction.ts';

/** A provider whose latest whole run left records out. */
export interface FaultyProvider {
  readonly provider: string;
  readonly runId: string;
  readonly records: number;
}

/** What goes on only when a person does something. */
export interface Needs {
  /** People whose latest e-mail did not reach them. At most {@link MOST_COUNTED}. */
  readonly undeliverable: number;
  /** Passwords that could not be carried back. At most {@link MOST_COUNTED}. */
  readonly stuckWriteBacks: number;
  /** Runs whose processes died again and again. At most {@link MOST_COUNTED}. */
  readonly abandonedRuns: number;
  /** For how many seconds the oldest work that could be done has been waiting. */
  readonly oldestWorkSeconds: number;
  readonly faulty: readonly FaultyProvider[];
}

/** Beyond this the number tells nobody more: the overview says "more than". */
export const MOST_COUNTED = 1_000;

export async function readNeeds(tx: Transaction): Promise<Needs> {
  const [counts] = await tx.query<Omit<Needs, 'faulty'>[]>(
    `SELECT (SELECT count(*)::int FROM (
         SELECT FROM emails email JOIN profiles profile ON profile.id = email.profile_id AND profile.enabled
         WHERE email.state IN ('undeliverable', 'failed') AND NOT EXISTS (
           SELECT FROM emails later WHERE later.profile_id = email.profile_id
             AND (later.created_at, later.id) > (email.created_at, email.id))
         LIMIT $1 + 1) found) AS undeliverable,
       (SELECT count(*)::int FROM (
         SELECT FROM write_backs WHERE state IN ('failed', 'missing') LIMIT $1 + 1) found) AS "stuckWriteBacks",
       (SELECT count(*)::int FROM (
         SELECT FROM outbox WHERE state = 'failed' AND kind = 'run' LIMIT $1 + 1) found) AS "abandonedRuns",
       (SELECT coalesce(extract(epoch FROM now() - min(available_at)), 0)::float8 FROM outbox
         WHERE state = 'pending' AND available_at <= now()
           AND (lease_until IS NULL OR lease_until < now())) AS "oldestWorkSeconds"`,
    [MOST_COUNTED],
  );
  if (counts === undefined) throw new Error('a statement without FROM has one row');
  return { ...counts, faulty: await findFaulty(tx) };
}

async function findFaulty(tx: Transaction): Promise<readonly FaultyProvider[]> {
  return await tx.query<FaultyProvider[]>(
    `SELECT provider.name AS provider, run.id AS "runId", faults.records
     FROM providers provider
     CROSS JOIN LATERAL (
       SELECT id FROM runs WHERE provider_id = provider.id AND kind = 'full' AND NOT dry_run AND state = 'done'
       ORDER BY created_at DESC LIMIT 1) run
     CROSS JOIN LATERAL (
       SELECT count(DISTINCT record_key)::int AS records FROM run_errors
       WHERE run_id = run.id AND resolved_at IS NULL) faults
     WHERE faults.records > 0 ORDER BY provider.name`,
  );
}
