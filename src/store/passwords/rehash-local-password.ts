import type { Transaction } from '../transaction.ts';

/** Stores the same password under today's costs, unless it has changed meanwhile. */
export async function rehashLocalPassword(
  tx: Transaction,
  about: { readonly profileId: string; readonly passwordVersion: number; readonly localHash: Buffer },
): Promise<void> {
  await tx.query(
    `UPDATE credentials SET local_hash = $2, updated_at = now()
     WHERE profile_id = $1 AND password_version = $3 AND effective = 'local'`,
    [about.profileId, about.localHash, about.passwordVersion],
  );
}
