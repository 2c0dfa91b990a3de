import type { Transaction } from '../transaction.ts';

/** The write got through: what it made of the compared column is what was seen there last. */
export async function takeAdvance(tx: Transaction, linkId: string): Promise<void> {
  await tx.query('UPDATE links SET compared = advanced, updated_at = now() WHERE id = $1', [linkId]);
}
