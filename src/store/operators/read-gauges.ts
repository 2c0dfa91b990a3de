import type { Transaction } from '../transaction.ts';

/** How many there are of something, by state and kind. */
export interface Count {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Gauges {
  readonly runs: readonly Count[];
  readonly outbox: readonly Count[];
  /** Seconds for which the oldest one that could be done waits, by kind. */
  readonly outboxAge: readonly Count[];
  readonly writeBacks: readonly Count[];
  readonly emails: readonly Count[];
  /** Seconds since the last run that ended well began, by provider. */
  readonly providerLag: readonly Count[];
  readonly providersFailing: readonly Count[];
  readonly people: readonly Count[];
}

/** Emails and write-backs of the last days: older ones change no more, and there may be millions. */
const RECENT_DAYS = 7;

const QUERIES: Readonly<Record<keyof Gauges, string>> = {
  runs: `SELECT jsonb_build_object('state', state) AS labels, count(*)::float8 AS value FROM runs
    WHERE state IN ('queued', 'planning', 'held', 'applying') GROUP BY state`,
  outbox: `SELECT jsonb_build_object('kind', kind) AS labels, count(*)::float8 AS value FROM outbox
    WHERE state = 'pending' GROUP BY kind`,
  outboxAge: `SELECT jsonb_build_object('kind', kind) AS labels,
      extract(epoch FROM now() - min(available_at))::float8 AS value FROM outbox
    WHERE state = 'pending' AND available_at <= now() GROUP BY kind`,
  writeBacks: `SELECT jsonb_build_object('state', state) AS labels, count(*)::float8 AS value FROM write_backs
    WHERE state IN ('pending', 'failed', 'conflict', 'missing') GROUP BY state`,
  emails: `SELECT jsonb_build_object('state', state) AS labels, count(*)::float8 AS value FROM emails
    WHERE state IN ('held', 'queued', 'failed', 'undeliverable') GROUP BY state
    UNION ALL
    SELECT jsonb_build_object('state', state), count(*)::float8 FROM emails
    WHERE state IN ('sent', 'cancelled') AND created_at > now() - make_interval(days => ${String(RECENT_DAYS)}) GROUP BY state`,
  providerLag: `SELECT jsonb_build_object('provider', provider.name) AS labels,
      extract(epoch FROM now() - run.started_at)::float8 AS value
    FROM providers provider CROSS JOIN LATERAL (
      SELECT started_at FROM runs WHERE provider_id = provider.id AND state = 'done' AND NOT dry_run AND kind <> 'record'
      ORDER BY created_at DESC LIMIT 1) run`,
  providersFailing: `SELECT jsonb_build_object('provider', name) AS labels,
      (last_error_code IS NOT NULL)::int::float8 AS value FROM providers`,
  people: `SELECT jsonb_build_object('table', 'profiles') AS labels, greatest(reltuples, 0)::float8 AS value
    FROM pg_class WHERE oid = 'profiles'::regclass`,
};

/** What stands in the store now. Each takes some milliseconds, also among millions of rows. */
export async function readGauges(tx: Transaction): Promise<Gauges> {
  const gauges: Partial<Record<keyof Gauges, readonly Count[]>> = {};
  for (const [name, sql] of Object.entries(QUERIES))
    gauges[name as keyof Gauges] = await tx.query<Count[]>(sql);
  return gauges as Gauges;
}
