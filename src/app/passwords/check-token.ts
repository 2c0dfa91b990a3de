import type { Secret } from '../../../connectors/contract/secret.ts';
import type { TokenPurpose } from '../../store/entities/access.ts';
import { findPersonById } from '../../store/passwords/find-person-by-id.ts';
import { findToken } from '../../store/passwords/find-token.ts';
import type { Person } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { presentedTokenHash } from './token-text.ts';

/**
 * Says whom a token allows to set a password. Consumes nothing, however often it
 * is asked. @returns null for anything that is not a good token of this purpose.
 */
export async function checkToken(
  context: AppContext,
  purpose: TokenPurpose,
  text: Secret,
): Promise<{ readonly person: Person; readonly tokenHash: Buffer } | null> {
  const tokenHash = presentedTokenHash(text);
  if (tokenHash === null) return null;
  const token = await findToken(context.store.read, { hash: tokenHash, purpose });
  if (token?.usable !== true) return null;
  const person = await findPersonById(context.store.read, token.profileId);
  return person === null ? null : { person, tokenHash };
}
