import type { Secret } from '../../../connectors/contract/secret.ts';
import type { EmailKind } from '../../store/entities/effects.ts';

/** One e-mail before it has words: to whom, in which language, with which link. */
export interface OutgoingMail {
  /** The e-mail's id; becomes the Message-ID, so that a repeated mail can be recognised. */
  readonly id: string;
  readonly kind: EmailKind;
  /** Exactly one address. */
  readonly to: string;
  /** BCP 47; null for the default language. */
  readonly locale: string | null;
  /** What the person is called; null when no name can be used. */
  readonly name: string | null;
  readonly username: string;
  /** Contains the token. Null for mails without a link. */
  readonly link: Secret | null;
  readonly linkValidUntil: Date | null;
}

/** `code` is stable and safe to store; `cause` is for the log. */
export interface SendFailure {
  /**
   * - `temporary`: not accepted; the same mail may be later.
   * - `unknown`: the connection broke; it may have been accepted.
   * - `permanent-recipient`: this address does not take mail.
   * - `permanent`: this mail is never accepted; the address may be fine.
   * - `login-refused`: no mail can be sent at all until an operator acts.
   */
  readonly kind: 'temporary' | 'unknown' | 'permanent-recipient' | 'permanent' | 'login-refused';
  readonly code: string;
  readonly cause?: unknown;
}

export type SendOutcome = { readonly kind: 'sent' } | SendFailure;

/**
 * Renders and hands over one e-mail. Calling again with the same mail sends the
 * same Message-ID and text. Rejects with the signal's reason when aborted, and
 * otherwise only for a bug or a template that does not render.
 */
export type SendMail = (mail: OutgoingMail, signal: AbortSignal) => Promise<SendOutcome>;
