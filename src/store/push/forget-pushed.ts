import type { Transaction } from '../transaction.ts';

/** Forgets what was pushed up to a position. */
export async function forgetPushed(tx: Transaction, providerId: string, upTo: string): Promise<void> {
  await tx.query('DELETE FROM pushed_changes WHERE provider_id = $1 AND id <= $2::bigint', [
    providerId,
    upTo,
  ]);
}
