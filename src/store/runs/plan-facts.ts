import type { Transaction } from '../transaction.ts';

export interface PlanFacts {
  /** Links present before the run. */
  readonly present: number;
  /** Profiles the plan would disable, by absence or because the record says so. */
  readonly disabled: number;
  /** Profiles whose username, e-mail or password the plan would change. */
  readonly identifying: number;
  /** Registration e-mails of the earlier runs that count along. */
  readonly emails: number;
  /** Names the plan: equal plans have equal digests. */
  readonly digest: string;
}

/**
 * Looks at a whole plan, for the safeguards. Unless `alone`, what earlier deltas and
 * streams did within the hour counts along, each person once: a mass deletion that
 * trickles in is one all the same. What an operator approved, and everything before
 * that, counts no more.
 */
export async function planFacts(
  tx: Transaction,
  about: { readonly runId: string; readonly providerId: string; readonly alone: boolean },
): Promise<PlanFacts> {
  const [facts] = await tx.query<PlanFacts[]>(FACTS, [about.runId, about.providerId, about.alone]);
  if (facts === undefined) throw new Error('an aggregate without a row');
  return facts;
}

const FACTS = `
  WITH earlier AS (
    SELECT id, coalesce((counters->>'emails')::int, 0) AS emails FROM runs
    WHERE NOT $3 AND provider_id = $2 AND kind IN ('delta', 'stream') AND state = 'done' AND NOT dry_run
      AND finished_at > greatest(now() - interval '1 hour', (
        SELECT max(finished_at) FROM runs WHERE provider_id = $2 AND decided_by IS NOT NULL AND state = 'done'))),
  counted AS (
    SELECT record_key, action, changes, run_id = $1 AS own FROM run_records
    WHERE run_id = $1 OR (run_id IN (SELECT id FROM earlier) AND state = 'applied')),
  disables AS (
    SELECT record_key, own FROM counted
    WHERE action = 'disable' OR changes->'enabled'->>'to' = 'false' AND action <> 'create')
  SELECT
    (SELECT count(*)::int FROM links WHERE provider_id = $2 AND gone_at IS NULL)
      + (SELECT count(DISTINCT d.record_key)::int FROM disables d JOIN links l ON l.record_key = d.record_key
         WHERE NOT d.own AND l.provider_id = $2 AND l.gone_at IS NOT NULL) AS present,
    (SELECT count(DISTINCT record_key)::int FROM disables) AS disabled,
    count(DISTINCT record_key) FILTER (
      WHERE action IN ('update', 'return', 'link') AND changes ?| array['username', 'email', 'password'])::int AS identifying,
    (SELECT coalesce(sum(emails), 0)::int FROM earlier) AS emails,
    count(*) FILTER (WHERE own) || '-' || coalesce(to_hex(bit_xor(
      ('x' || substr(md5(record_key || ' ' || action || ' ' || changes::text), 1, 16))::bit(64)::bigint)
      FILTER (WHERE own)), '0') AS digest
  FROM counted`;
