import type { Secret } from '../../../connectors/contract/secret.ts';
import type { AppContext } from '../context.ts';
import { checkToken } from './check-token.ts';
import { setPassword, type SetPasswordOutcome, type TypedPassword } from './set-password.ts';
import type { LinkPurpose } from './token-link.ts';

export interface SetByLinkInput {
  readonly purpose: LinkPurpose;
  readonly token: Secret;
  readonly typed: TypedPassword;
}

/** Sets the first password, or a new one, with the token of a mailed link. Signs nobody in. */
export async function setPasswordByLink(
  context: AppContext,
  { purpose, token, typed }: SetByLinkInput,
): Promise<SetPasswordOutcome> {
  const good = await checkToken(context, purpose, token);
  if (good === null) return { outcome: 'expired' };
  const proof = { tokenHash: good.tokenHash, purpose };
  return await setPassword(context, { person: good.person, typed, proof, visitor: null });
}
