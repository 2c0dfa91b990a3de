import { reviveEffects } from '../outbox/revive-effects.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Has the passwords of these people carried to their provider again whose record
 * was missing: it has come back, or is known under another key by now.
 */
export async function reopenMissingWriteBacks(tx: Transaction, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE write_backs SET state = 'pending', attempts = 0, error_code = NULL, error = NULL,
            finished_at = NULL, updated_at = now(), created_at = now()
     WHERE profile_id = ANY ($1::uuid[]) AND state = 'missing' AND hash IS NOT NULL RETURNING id`,
    [profileIds],
  );
  await reviveEffects(
    tx,
    'write-back',
    rows.map((row) => row.id),
  );
}
