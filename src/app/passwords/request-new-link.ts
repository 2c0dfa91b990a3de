import type { Secret } from '../../../connectors/contract/secret.ts';
import { findPersonById } from '../../store/passwords/find-person-by-id.ts';
import { findToken } from '../../store/passwords/find-token.ts';
import type { AppContext } from '../context.ts';
import { atLeast, NEUTRAL_ANSWER_MS } from './answer-time.ts';
import { mailNewLink } from './mail-new-link.ts';
import type { LinkPurpose } from './token-link.ts';
import { presentedTokenHash } from './token-text.ts';

export interface NewLinkRequest {
  readonly purpose: LinkPurpose;
  /** Of the link that is used or too old; it names the person and allows nothing else. */
  readonly token: Secret;
  readonly address: string;
}

/** Mails a new link in place of one that no longer works. Answers nobody anything, in the same time. */
export async function requestNewLink(context: AppContext, request: NewLinkRequest): Promise<void> {
  const longEnough = atLeast(NEUTRAL_ANSWER_MS);
  const hash = presentedTokenHash(request.token);
  const token =
    hash === null ? null : await findToken(context.store.read, { hash, purpose: request.purpose });
  const person = token === null ? null : await findPersonById(context.store.read, token.profileId);
  await mailNewLink(context, { person, name: 'link', address: request.address });
  await longEnough;
}
