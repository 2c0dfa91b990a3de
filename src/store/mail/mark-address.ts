import type { Transaction } from '../transaction.ts';

export interface AddressOutcome {
  readonly emailId: string;
  readonly profileId: string;
  readonly address: string;
  readonly deliverable: boolean;
}

/**
 * Remembers whether a person's address takes mail; does nothing when the person has another
 * address by now, or the e-mail has been settled. Call it before the e-mail is: whoever
 * changes people locks them first.
 */
export async function markAddress(tx: Transaction, outcome: AddressOutcome): Promise<void> {
  await tx.query(
    `UPDATE profiles SET email_undeliverable_at = CASE WHEN $3 THEN NULL ELSE now() END
     WHERE id = $1 AND email = $2 AND (email_undeliverable_at IS NULL) <> $3
       AND EXISTS (SELECT FROM emails WHERE id = $4 AND state = 'queued')`,
    [outcome.profileId, outcome.address, outcome.deliverable, outcome.emailId],
  );
}
