import type { Transaction } from '../transaction.ts';

/** Deleting a session that does not exist does nothing. */
export async function deleteSession(tx: Transaction, tokenHash: Buffer): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE token_hash = $1', [tokenHash]);
}
