import type { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { findPresentedToken } from '../../store/operators/api-tokens.ts';
import { findOperatorSession } from '../../store/operators/operator-sessions.ts';
import type { AppContext } from '../context.ts';
import type { Caller } from './caller.ts';

/**
 * Whose token this is.
 *
 * @throws AppError `TOKEN_EXPIRED`, or `TOKEN_REFUSED` for one that is unknown or revoked, or whose maker is disabled.
 */
export async function authenticateToken(context: Pick<AppContext, 'store'>, text: Secret): Promise<Caller> {
  const token = await findPresentedToken(context.store.read, hashToken(text.reveal()));
  if (token === null) throw refused('TOKEN_REFUSED', 'The token is not one that is in force.');
  if (token.expired) throw refused('TOKEN_EXPIRED', 'The token has expired.');
  const { id: tokenId, expired: _, ...rest } = token;
  return { kind: 'token', tokenId, ...rest };
}

/** Whose session a cookie holds; null when it has ended. */
export async function authenticateSession(
  context: Pick<AppContext, 'store'>,
  cookie: Secret,
): Promise<Caller | null> {
  const session = await findOperatorSession(context.store.read, hashToken(cookie.reveal()));
  return session === null ? null : { kind: 'session', ...session };
}

function refused(code: string, message: string): AppError {
  const remedy = 'Make a new one in the console, or with: bin/tributary token create';
  return new AppError({ kind: 'unauthenticated', code, message, remedy });
}
