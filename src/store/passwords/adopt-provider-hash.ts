import type { Transaction } from '../transaction.ts';

/**
 * Has a person sign in with the password of the provider from now on: the local
 * one ends, and with it every token made for it.
 *
 * @param sealed null when the provider holds no password.
 */
export async function adoptProviderHash(
  tx: Transaction,
  profileId: string,
  sealed: Buffer | null,
): Promise<void> {
  await tx.query(
    `UPDATE credentials SET provider_hash = $2, local_hash = NULL, updated_at = now(),
            effective = CASE WHEN $2::bytea IS NULL THEN 'none' ELSE 'provider' END,
            password_version = password_version + 1
     WHERE profile_id = $1`,
    [profileId, sealed],
  );
}
