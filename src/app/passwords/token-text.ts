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
  const derived = keyring.deriveToken(
    [token.purpose, token.id, token.profileId, String(token.passwordVersion)].join('|'),
  );
  const id = Buffer.from(token.id.replaceAll('-', ''), 'hex');
  return new Secret(Buffer.concat([id, derived]).toString('base64url'));
}

/** What the store keeps of a text that somebody presents; null for a text that cannot be one of ours. */
export function presentedTokenHash(text: Secret): Buffer | null {
  return TOKEN.test(text.reveal()) ? hashToken(text.reveal()) : null;
}
