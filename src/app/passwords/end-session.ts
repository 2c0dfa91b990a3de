import type { Secret } from '../../../connectors/contract/secret.ts';
import { hashToken } from '../../kernel/keyring.ts';
import { deleteSession } from '../../store/passwords/delete-session.ts';
import type { AppContext } from '../context.ts';

/** Ending a session twice, or one that never was, does nothing. */
export async function endSession(context: AppContext, token: Secret): Promise<void> {
  await deleteSession(context.store.read, hashToken(token.reveal()));
}
