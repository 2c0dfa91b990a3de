import type { Transaction } from '../transaction.ts';

/** Remembers what a provider holds for a person. Which password signs in does not change. */
export async function setProviderHash(tx: Transaction, profileId: string, sealed: Buffer): Promise<void> {
  await tx.query('UPDATE credentials SET provider_hash = $2, updated_at = now() WHERE profile_id = $1', [
    profileId,
    sealed,
  ]);
}
