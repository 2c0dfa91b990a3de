import { randomBytes } from 'node:crypto';
import { Secret } from '../../../connectors/contract/secret.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { createSession } from '../../store/passwords/create-session.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

/** Where a request comes from, for the person's list of sessions and for counting attempts. */
export interface Visitor {
  /** The address of the connection, or what a trusted proxy says about it. */
  readonly address: string;
  readonly userAgent: string | null;
}

const TOKEN_BYTES = 32;

/** @returns the cookie's value; the store keeps its hash. */
export async function beginSession(
  context: AppContext,
  tx: Transaction,
  about: { readonly profileId: string; readonly visitor: Visitor },
): Promise<Secret> {
  const token = new Secret(randomBytes(TOKEN_BYTES).toString('base64url'));
  await createSession(tx, {
    profileId: about.profileId,
    tokenHash: hashToken(token.reveal()),
    address: about.visitor.address,
    userAgent: about.visitor.userAgent,
    lifetimeHours: context.settings.sessionHours,
  });
  return token;
}
