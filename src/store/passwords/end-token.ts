import type { Transaction } from '../transaction.ts';

/** Ends a token before its time; its page then offers a new link, as for one that has expired. */
export async function endToken(tx: Transaction, id: string): Promise<void> {
  await tx.query('UPDATE action_tokens SET expires_at = least(expires_at, now()) WHERE id = $1', [id]);
}
