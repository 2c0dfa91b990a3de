import type { Transaction } from '../transaction.ts';

export async function deleteSessionsOf(tx: Transaction, profileId: string): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE profile_id = $1', [profileId]);
}
