import { greetingName } from '../../domain/mail/greeting.ts';
import { isEmail } from '../../domain/profiles/identifiers.ts';
import type { EmailKind } from '../../store/entities/effects.ts';
import { beginAttempt } from '../../store/mail/begin-attempt.ts';
import { lockEmail, type EmailToSend } from '../../store/mail/lock-email.ts';
import { endToken } from '../../store/passwords/end-token.ts';
import { findToken, type FoundToken } from '../../store/passwords/find-token.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext, AppSettings } from '../context.ts';
import { makeToken, type MadeToken } from '../passwords/make-token.ts';
import { linkFor, type LinkPurpose } from '../passwords/token-link.ts';
import { storedTokenText } from '../passwords/token-text.ts';
import { settleEmail, type EmailVerdict } from './settle-email.ts';
import type { OutgoingMail } from './send-mail.ts';

export type PreparedEmail =
  | {
      readonly kind: 'ready';
      readonly mail: OutgoingMail;
      readonly email: EmailToSend;
      readonly attempts: number;
    }
  | { readonly kind: 'settled'; readonly verdict: EmailVerdict | null };

/**
 * Decides whether an e-mail is still wanted, to whom it goes and with which
 * link, and counts the attempt, all in one transaction. A retry gets the link of
 * the first attempt, unless that has expired, the person's address has changed, or the key it was derived with is gone.
 */
export async function prepareEmail(context: AppContext, id: string): Promise<PreparedEmail> {
  return await context.store.transaction(async (tx) => {
    const email = await lockEmail(tx, id);
    if (email === null) return { kind: 'settled', verdict: null };
    const unwanted = unwantedBecause(email) ?? (await usedBecause(tx, email));
    if (unwanted !== null) {
      await settleEmail(tx, email, unwanted);
      return { kind: 'settled', verdict: unwanted };
    }
    return await ready(context, tx, email);
  });
}

async function ready(context: AppContext, tx: Transaction, email: EmailToSend): Promise<PreparedEmail> {
  const { profile } = email;
  const to = profile.email ?? '';
  const token = await tokenFor(context, tx, email);
  const attempts = await beginAttempt(tx, { id: email.id, recipient: to, tokenId: token?.id ?? null });
  return {
    kind: 'ready',
    email: { ...email, recipient: to },
    attempts,
    mail: {
      id: email.id,
      kind: email.kind,
      to,
      locale: profile.locale,
      name: greetingName(profile),
      username: profile.username,
      link: token === null ? null : linkFor(context.settings, token.purpose, token.text),
      linkValidUntil: token?.expiresAt ?? null,
    },
  };
}

function unwantedBecause({ kind, profile }: EmailToSend): EmailVerdict | null {
  if (!profile.enabled) return verdict('cancelled', 'PROFILE_DISABLED', 'the profile is disabled');
  if (kind === 'registration' && !profile.preRegistration)
    return verdict('cancelled', 'ALREADY_REGISTERED', 'the person is not waiting for a first password');
  if (profile.email === null)
    return verdict('failed', 'ADDRESS_MISSING', 'the profile has no e-mail address');
  if (!isEmail(profile.email))
    return verdict('undeliverable', 'ADDRESS_INVALID', 'the e-mail address is not one plain address');
  return null;
}

/** A link that has been followed to its end was delivered, whatever the connection said. */
async function usedBecause(tx: Transaction, email: EmailToSend): Promise<EmailVerdict | null> {
  const token = email.tokenId === null ? null : await findToken(tx, { id: email.tokenId });
  const usedAt = token?.usedAt ?? null;
  return usedAt === null ? null : verdict('cancelled', 'LINK_USED', 'the link has been used');
}

type LinkToken = Omit<MadeToken, 'purpose'> & { readonly purpose: LinkPurpose };

async function tokenFor(context: AppContext, tx: Transaction, email: EmailToSend): Promise<LinkToken | null> {
  const purpose = PURPOSES[email.kind];
  if (purpose === null) return null;
  const old = email.tokenId === null ? null : await findToken(tx, { id: email.tokenId });
  if (old?.usable === true && email.recipient === email.profile.email) {
    const stored = storedTokenText(context.keyring, old);
    if (stored !== null) return { ...identityOf(old), purpose, text: stored.text };
  }
  if (old !== null) await endToken(tx, old.id);
  const lifetimeSeconds = lifetimeOf(purpose, context.settings);
  const made = await makeToken(context, tx, { purpose, profileId: email.profileId, lifetimeSeconds });
  return { ...made, purpose };
}

function identityOf(token: FoundToken): Omit<MadeToken, 'purpose' | 'text'> {
  const { id, profileId, passwordVersion, expiresAt } = token;
  return { id, profileId, passwordVersion, expiresAt };
}

const PURPOSES = {
  registration: 'first-password',
  'password-reset': 'reset-password',
  'password-set': null,
} as const satisfies Record<EmailKind, LinkPurpose | null>;

function lifetimeOf(purpose: LinkPurpose, settings: AppSettings): number {
  return purpose === 'first-password'
    ? settings.registrationLinkHours * 3600
    : settings.resetLinkMinutes * 60;
}

function verdict(state: EmailVerdict['state'], code: string, reason: string): EmailVerdict {
  return { state, code, reason };
}
