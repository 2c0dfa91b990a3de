import type { Transaction } from '../transaction.ts';

/**
 * Remembers what a write makes of the compared column, before it is committed at
 * the provider: whoever finds that value there after a lost answer knows that the
 * write got through.
 */
export async function noteAdvance(tx: Transaction, linkId: string, compared: string | null): Promise<void> {
  await tx.query('UPDATE links SET advanced = $2, updated_at = now() WHERE id = $1', [linkId, compared]);
}
