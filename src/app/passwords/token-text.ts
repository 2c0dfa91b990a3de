import { hashToken, type Keyring } from '../../kernel/keyring.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { TokenPurpose } from '../../store/entities/access.ts';

/** What a token's text is derived from; the row of the token holds all of it. */
export interface TokenIdentity {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly profileId: string;
  readonly passwordVersion: number;
}

/** 16 bytes of id and 32 of HMAC are 48 bytes: 64 characters, with no bits to spare that could be changed unseen. */
const TOKEN = /^[A-Za-z0-9_-]{64}$/;

/**
 * The text of a token: its id and 256 bits that only this installation can
 * derive. The same row yields the same text each time, so that a retried e-mail
 * carries the same link although the store keeps only the text's hash.
 */
export function tokenText(keyring: Keyring, token: TokenIdentity): Secret {
  return textOf(token, keyring.deriveToken(derivedFrom(token)));
}

/**
 * The text of a stored token, whichever key it was derived with.
 *
 * @returns null when that key is not here any more: only who got the text has it.
 */
export function storedTokenText(
  keyring: Keyring,
  token: TokenIdentity & { readonly tokenHash: Buffer },
): { readonly text: Secret; readonly keyId: string } | null {
  const texts = keyring
    .deriveTokens(derivedFrom(token))
    .map(({ keyId, derived }) => ({ keyId, text: textOf(token, derived) }));
  return texts.find(({ text }) => hashToken(text.reveal()).equals(token.tokenHash)) ?? null;
}

function derivedFrom({ purpose, id, profileId, passwordVersion }: TokenIdentity): string {
  return [purpose, id, profileId, String(passwordVersion)].join('|');
}

function textOf(token: TokenIdentity, derived: Buffer): Secret {
  const id = Buffer.from(token.id.replaceAll('-', ''), 'hex');
  return new Secret(Buffer.concat([id, derived]).toString('base64url'));
}

/** What the store keeps of a text that somebody presents; null for a text that cannot be one of ours. */
export function presentedTokenHash(text: Secret): Buffer | null {
  return TOKEN.test(text.reveal()) ? hashToken(text.reveal()) : null;
}
