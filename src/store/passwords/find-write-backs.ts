import type { WriteBackRow } from '../entities/effects.ts';
import { byTime, type ByTime } from '../by-time.ts';
import type { Transaction } from '../transaction.ts';

export interface WriteBackFilter extends ByTime {
  readonly state?: WriteBackRow['state'] | undefined;
  readonly profileId?: string | undefined;
  /** Where they go; null for anywhere. */
  readonly providerId: string | null;
}

export interface ListedWriteBack
  extends
    Pick<WriteBackRow, 'id' | 'profileId' | 'recordKey' | 'state' | 'attempts'>,
    Pick<WriteBackRow, 'errorCode' | 'error' | 'createdAt' | 'finishedAt'> {
  readonly provider: string;
  readonly username: string;
  /** When it is tried next; null when it has ended. */
  readonly nextAttemptAt: Date | null;
}

/** By the time of the change of password. No hash leaves the store. */
export async function findWriteBacks(
  tx: Transaction,
  filter: WriteBackFilter,
): Promise<readonly ListedWriteBack[]> {
  const { where, order, values } = byTime(filter, { table: 'write_backs', alias: 'write_back', own: 3 });
  return await tx.query<ListedWriteBack[]>(
    `SELECT write_back.id, write_back.profile_id AS "profileId", write_back.record_key AS "recordKey",
            write_back.state, write_back.attempts, write_back.error_code AS "errorCode", write_back.error,
            write_back.created_at AS "createdAt", write_back.finished_at AS "finishedAt",
            provider.name AS provider, profile.username,
            CASE WHEN outbox.state = 'pending' THEN outbox.available_at END AS "nextAttemptAt"
     FROM write_backs write_back
     JOIN providers provider ON provider.id = write_back.provider_id
     JOIN profiles profile ON profile.id = write_back.profile_id
     LEFT JOIN outbox ON outbox.kind = 'write-back' AND outbox.subject_id = write_back.id
     WHERE ($1::text IS NULL OR write_back.state = $1) AND ($2::uuid IS NULL OR write_back.profile_id = $2)
       AND ($3::uuid IS NULL OR write_back.provider_id = $3)
       ${where} ${order}`,
    [filter.state ?? null, filter.profileId ?? null, filter.providerId, ...values],
  );
}
