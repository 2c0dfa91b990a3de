import type { EmailState } from '../../store/entities/effects.ts';
import { endAttempt } from '../../store/mail/end-attempt.ts';
import type { EmailToSend } from '../../store/mail/lock-email.ts';
import { markAddress } from '../../store/mail/mark-address.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { Transaction } from '../../store/transaction.ts';

/** How an e-mail ended. */
export interface EmailVerdict {
  readonly state: Exclude<EmailState, 'held' | 'queued'>;
  /** Null when it was sent. */
  readonly code: string | null;
  readonly reason: string | null;
}

/** Ends an e-mail and says so in the person's timeline, once: an e-mail that has ended stays as it is. */
export async function settleEmail(tx: Transaction, email: EmailToSend, verdict: EmailVerdict): Promise<void> {
  const { id, profileId, recipient, cause } = email;
  const { state, code, reason } = verdict;
  if (recipient !== null && (state === 'sent' || state === 'undeliverable'))
    await markAddress(tx, { emailId: id, profileId, address: recipient, deliverable: state === 'sent' });
  const written = await endAttempt(tx, { id, state, errorCode: code, error: reason, countAttempt: true });
  if (!written) return;
  const detail = { email: id, mail: email.kind, ...(code === null ? { to: recipient } : { code, reason }) };
  await recordEvents(tx, cause, [{ profileId, kind: `email-${state}`, detail }]);
}
