import { ProfileEntity, type ProfileRow } from '../entities/directory.ts';
import type { Transaction } from '../transaction.ts';

/** The profile, kept from changing until the transaction ends; null when it is gone. */
export async function lockProfile(tx: Transaction, id: string): Promise<ProfileRow | null> {
  return await tx.findOne(ProfileEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
}
