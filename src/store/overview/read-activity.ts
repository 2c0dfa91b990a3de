import type { Transaction } from '../transaction.ts';

/** What happened in one stretch of time. */
export interface ActivityRow {
  /** When it began: ISO 8601, in UTC. */
  readonly at: string;
  /** People that runs created or linked, changed, brought back or disabled. */
  readonly created: number;
  readonly updated: number;
  readonly disabled: number;
  /** Records that runs could not use. */
  readonly errors: number;
  /** Runs that ended, whichever way. */
  readonly runs: number;
  readonly registrationsSent: number;
  /** Every new password is confirmed by an e-mail: so many were set. */
  readonly passwordsSet: number;
  readonly resetsSent: number;
  readonly writtenBack: number;
}

export type ActivityStep = 'hour' | 'day';

/** `count` hours or days up to the present one, oldest first; those without anything too. */
export async function readActivity(
  tx: Transaction,
  { step, count }: { readonly step: ActivityStep; readonly count: number },
): Promise<readonly ActivityRow[]> {
  return await tx.query<ActivityRow[]>(SQL, [step, count]);
}

/** In UTC, whatever the zone of the session: every process draws the same bars. */
const SQL = `
  WITH since AS (
    SELECT date_trunc($1, now() AT TIME ZONE 'UTC') - ($2::int - 1) * ('1 ' || $1)::interval AS first),
  steps AS (
    SELECT generate_series(first, date_trunc($1, now() AT TIME ZONE 'UTC'), ('1 ' || $1)::interval) AS at FROM since),
  run AS (
    SELECT date_trunc($1, finished_at AT TIME ZONE 'UTC') AS at, count(*)::int AS runs,
           sum(coalesce((counters->>'created')::int, 0) + coalesce((counters->>'linked')::int, 0))::int AS created,
           sum(coalesce((counters->>'updated')::int, 0) + coalesce((counters->>'returned')::int, 0))::int AS updated,
           sum(coalesce((counters->>'disabled')::int, 0))::int AS disabled,
           sum(coalesce((counters->>'errors')::int, 0))::int AS errors
    FROM runs WHERE finished_at >= (SELECT first AT TIME ZONE 'UTC' FROM since) AND NOT dry_run
      AND state = 'done' GROUP BY 1),
  written AS (
    SELECT date_trunc($1, finished_at AT TIME ZONE 'UTC') AS at, count(*)::int AS written
    FROM write_backs WHERE state = 'written' AND finished_at >= (SELECT first AT TIME ZONE 'UTC' FROM since) GROUP BY 1)
  SELECT to_char(steps.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
         coalesce(run.created, 0) AS created, coalesce(run.updated, 0) AS updated,
         coalesce(run.disabled, 0) AS disabled, coalesce(run.errors, 0) AS errors, coalesce(run.runs, 0) AS runs,
         mail.registrations AS "registrationsSent", mail.passwords AS "passwordsSet", mail.resets AS "resetsSent",
         coalesce(written.written, 0) AS "writtenBack"
  FROM steps LEFT JOIN run USING (at) LEFT JOIN written USING (at)
  -- Step by step: a million moments are counted in an index sooner than each is rounded.
  CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE kind = 'registration'))::int AS registrations,
           (count(*) FILTER (WHERE kind = 'password-set'))::int AS passwords,
           (count(*) FILTER (WHERE kind = 'password-reset'))::int AS resets
    FROM emails WHERE state = 'sent' AND sent_at >= steps.at AT TIME ZONE 'UTC'
      AND sent_at < (steps.at + ('1 ' || $1)::interval) AT TIME ZONE 'UTC') mail
  ORDER BY steps.at`;
