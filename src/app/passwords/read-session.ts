import type { Secret } from '../../../connectors/contract/secret.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { findSession, type FoundSession } from '../../store/passwords/find-session.ts';
import { touchSession } from '../../store/passwords/touch-session.ts';
import type { AppContext } from '../context.ts';

/** @returns null for a session that is over, or was never begun, or whose person has a password to set first. */
export async function readSession(context: AppContext, token: Secret): Promise<FoundSession | null> {
  const found = await findSession(context.store.read, hashToken(token.reveal()));
  if (found?.stale === true) await touchSession(context.store.read, found.id);
  return found;
}
