import type { Transaction } from '../transaction.ts';

export interface BegunAttempt {
  readonly id: string;
  readonly recipient: string;
  readonly tokenId: string | null;
}

/** Remembers to whom and with which token an e-mail goes out, and counts the attempt. @returns attempts so far. */
export async function beginAttempt(tx: Transaction, attempt: BegunAttempt): Promise<number> {
  const [rows] = await tx.query<[{ attempts: number }[], number]>(
    `UPDATE emails SET attempts = attempts + 1, recipient = $2, token_id = $3, updated_at = now()
     WHERE id = $1 RETURNING attempts`,
    [attempt.id, attempt.recipient, attempt.tokenId],
  );
  return rows[0]?.attempts ?? 0;
}
