import { recordEvents } from '../profiles/record-events.ts';
import type { Transaction } from '../transaction.ts';
import type { BatchScope } from './batch.ts';

/**
 * Disables the profiles whose records are gone and ends their sessions. Nothing
 * is deleted: a record that returns finds everything as it was.
 *
 * @returns the record keys whose links were still present; a second call returns none.
 */
export async function writeAbsences(
  tx: Transaction,
  scope: BatchScope,
  recordKeys: readonly string[],
): Promise<readonly string[]> {
  if (recordKeys.length === 0) return [];
  const [gone] = await tx.query<[{ profile_id: string; record_key: string }[], number]>(
    `UPDATE links SET gone_at = now(), updated_at = now()
     WHERE provider_id = $1 AND record_key = ANY ($2::text[]) AND gone_at IS NULL
     RETURNING profile_id, record_key`,
    [scope.providerId, recordKeys],
  );
  const ids = gone.map((row) => row.profile_id);
  // An operator's own decision outlives the record.
  await tx.query(
    `UPDATE profiles SET enabled = false, disabled_reason = 'gone', updated_at = now()
     WHERE id = ANY ($1::uuid[]) AND disabled_reason IS DISTINCT FROM 'operator'`,
    [ids],
  );
  await tx.query('DELETE FROM sessions WHERE profile_id = ANY ($1::uuid[])', [ids]);
  await recordEvents(
    tx,
    scope.cause,
    gone.map((row) => ({
      profileId: row.profile_id,
      kind: 'disabled',
      detail: { recordKey: row.record_key, reason: 'gone' },
    })),
  );
  return gone.map((row) => row.record_key);
}
