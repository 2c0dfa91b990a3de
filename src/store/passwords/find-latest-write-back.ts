import type { WriteBackState } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface LatestWriteBack {
  readonly id: string;
  readonly state: WriteBackState;
  readonly providerName: string;
}

/** The newest write-back of a person that belongs to the password in force; null when there was none. */
export async function findLatestWriteBack(
  tx: Transaction,
  profileId: string,
): Promise<LatestWriteBack | null> {
  const rows = await tx.query<LatestWriteBack[]>(
    `SELECT write_back.id, write_back.state, provider.name AS "providerName"
     FROM write_backs write_back
     JOIN providers provider ON provider.id = write_back.provider_id
     JOIN credentials credential ON credential.profile_id = write_back.profile_id
     WHERE write_back.profile_id = $1 AND write_back.state <> 'superseded'
       AND write_back.created_at >= credential.set_at
     ORDER BY write_back.created_at DESC LIMIT 1`,
    [profileId],
  );
  return rows[0] ?? null;
}
