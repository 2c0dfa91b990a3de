import { reviveEffects } from '../outbox/revive-effects.ts';
import type { Transaction } from '../transaction.ts';

/** Puts held e-mails in the queue, due now. @returns the ids of those that were held. */
export async function releaseEmails(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE emails SET state = 'queued', updated_at = now() WHERE id = ANY ($1::uuid[]) AND state = 'held' RETURNING id`,
    [ids],
  );
  const released = rows.map(({ id }) => id);
  await reviveEffects(tx, 'email', released);
  return released;
}
