import type { Transaction } from '../transaction.ts';

/**
 * Keeps the password from changing until the transaction ends.
 *
 * @returns false when it has changed already, so that nothing is built on a
 *   password that is no longer in force.
 */
export async function lockPasswordVersion(
  tx: Transaction,
  about: { readonly profileId: string; readonly passwordVersion: number },
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    'SELECT 1 FROM credentials WHERE profile_id = $1 AND password_version = $2 FOR SHARE',
    [about.profileId, about.passwordVersion],
  );
  return rows.length === 1;
}
