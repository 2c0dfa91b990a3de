import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** Only what has not ended is given up. */
const STATEMENTS: Readonly<Record<OutboxKind, string>> = {
  run: `UPDATE runs SET state = 'failed', error_code = $2, error = $3, lease_owner = NULL, lease_until = NULL,
          finished_at = now(), updated_at = now()
        WHERE id = $1 AND state IN ('queued', 'planning', 'applying')`,
  email: `UPDATE emails SET state = 'failed', error_code = $2, error = $3, updated_at = now()
          WHERE id = $1 AND state = 'queued'`,
  'write-back': `UPDATE write_backs SET state = 'failed', error_code = $2, error = $3, finished_at = now(), updated_at = now()
                 WHERE id = $1 AND state = 'pending'`,
};

/** Says of a run, an e-mail or a write-back that nobody will carry it out any more, and why. */
export async function abandonSubject(
  tx: Transaction,
  subject: { readonly kind: OutboxKind; readonly id: string },
  reason: { readonly code: string; readonly message: string },
): Promise<void> {
  await tx.query(STATEMENTS[subject.kind], [subject.id, reason.code, reason.message]);
}
