import type { Transaction } from '../transaction.ts';
import { SELECT_RUN, type ListedRun } from './list-runs.ts';

export interface ChangedRun {
  readonly run: ListedRun;
  /** When it changed: ISO 8601 with microseconds. */
  readonly at: string;
}

/** A change has the time at which its transaction began: one that is still open may show up this much later. */
const OVERLAP_SECONDS = 5;
const MOST = 500;

/** Oldest change first. @param about.after null: runs that have not ended, or the one asked for. */
export async function findChangedRuns(
  tx: Transaction,
  about: { readonly runId: string | null; readonly after: string | null },
): Promise<readonly ChangedRun[]> {
  const rows = await tx.query<(ListedRun & { changedAt: string })[]>(
    `${SELECT_RUN.columns},
       to_char(r.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "changedAt"
     ${SELECT_RUN.from}
     WHERE ($1::uuid IS NULL OR r.id = $1)
       AND (r.updated_at > $2::timestamptz - make_interval(secs => $3)
            OR $2::timestamptz IS NULL
               AND ($1::uuid IS NOT NULL OR r.state IN ('queued', 'planning', 'held', 'applying')))
     ORDER BY r.updated_at, r.id LIMIT $4`,
    [about.runId, about.after, OVERLAP_SECONDS, MOST],
  );
  return rows.map(({ changedAt, ...run }) => ({ run, at: changedAt }));
}
