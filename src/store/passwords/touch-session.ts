import type { Transaction } from '../transaction.ts';

/** Remembers that a session is in use, at most once in five minutes: a page view is not worth a write each time. */
export async function touchSession(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `UPDATE sessions SET seen_at = now() WHERE id = $1 AND seen_at < now() - interval '5 minutes'`,
    [id],
  );
}
