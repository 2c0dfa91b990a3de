import type { OutboxKind, OutboxRow } from '../entities/effects.ts';
import { byTime, type ByTime } from '../by-time.ts';
import type { Transaction } from '../transaction.ts';

export interface WorkFilter extends ByTime {
  readonly kind?: OutboxKind | undefined;
  readonly state: 'pending' | 'failed';
}

/** One side effect that waits or was given up, and what it is for. */
export interface ListedWork extends Pick<
  OutboxRow,
  'id' | 'kind' | 'subjectId' | 'attempts' | 'errorCode' | 'error' | 'createdAt' | 'availableAt'
> {
  readonly state: 'pending' | 'failed';
  /** Whether somebody is at it now. */
  readonly underWay: boolean;
  /** Of a run, or of a write-back. */
  readonly provider: string | null;
  /** For whom; null for runs. */
  readonly profileId: string | null;
  readonly username: string | null;
  /** Of a run or an e-mail; null for write-backs. */
  readonly about: string | null;
}

/** By the time it was asked for. */
export async function listWork(tx: Transaction, filter: WorkFilter): Promise<readonly ListedWork[]> {
  const { where, order, values } = byTime(filter, { table: 'outbox', alias: 'outbox', own: 2 });
  const overall = byTime(filter, { table: 'outbox', alias: 'found', own: 2 }).order;
  const newest = (filter.sort ?? 'newest') === 'newest';
  return await tx.query<ListedWork[]>(
    `SELECT work.id, work.kind, work.subject_id AS "subjectId", work.state, work.attempts,
            work.error_code AS "errorCode", work.error, work.created_at AS "createdAt",
            work.available_at AS "availableAt", coalesce(work.lease_until > now(), false) AS "underWay",
            provider.name AS provider, profile.id AS "profileId", profile.username, coalesce(run.kind, email.kind) AS about
     FROM (
       -- Kind by kind, in the order of an index: a million e-mails may wait.
       SELECT found.* FROM unnest(CASE WHEN $2::text IS NULL THEN ARRAY['run', 'email', 'write-back'] ELSE ARRAY[$2] END) wanted
       CROSS JOIN LATERAL (SELECT * FROM outbox WHERE state = $1 AND kind = wanted ${where} ${order}) found
       ${overall}) work
     LEFT JOIN runs run ON work.kind = 'run' AND run.id = work.subject_id
     LEFT JOIN emails email ON work.kind = 'email' AND email.id = work.subject_id
     LEFT JOIN write_backs written ON work.kind = 'write-back' AND written.id = work.subject_id
     LEFT JOIN providers provider ON provider.id = coalesce(run.provider_id, written.provider_id)
     LEFT JOIN profiles profile ON profile.id = coalesce(email.profile_id, written.profile_id)
     ORDER BY work.created_at ${newest ? 'DESC' : 'ASC'}, work.id ${newest ? 'DESC' : 'ASC'}`,
    [filter.state, filter.kind ?? null, ...values],
  );
}
