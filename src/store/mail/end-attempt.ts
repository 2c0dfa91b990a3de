import type { EmailState } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface EndedAttempt {
  readonly id: string;
  /** `queued`: it will be tried again. */
  readonly state: EmailState;
  readonly errorCode: string | null;
  readonly error: string | null;
  /** False gives the attempt back. */
  readonly countAttempt: boolean;
}

/** Writes what came of an attempt. @returns false when the e-mail had been settled meanwhile; nothing is written then. */
export async function endAttempt(tx: Transaction, ended: EndedAttempt): Promise<boolean> {
  const [, written] = await tx.query<[unknown, number]>(
    `UPDATE emails SET state = $2, error_code = $3, error = $4, updated_at = now(),
            attempts = attempts - CASE WHEN $5 THEN 0 ELSE 1 END,
            sent_at = CASE WHEN $2 = 'sent' THEN now() END
     WHERE id = $1 AND state = 'queued'`,
    [ended.id, ended.state, ended.errorCode, ended.error, ended.countAttempt],
  );
  return written === 1;
}
