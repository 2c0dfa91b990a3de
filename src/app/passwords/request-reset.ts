import { hasControls } from '../../domain/profiles/identifiers.ts';
import { findPersonByName } from '../../store/passwords/find-person-by-name.ts';
import type { AppContext } from '../context.ts';
import { atLeast, NEUTRAL_ANSWER_MS } from './answer-time.ts';
import { mailNewLink } from './mail-new-link.ts';

export interface ResetRequest {
  /** A username or an e-mail address. */
  readonly name: string;
  readonly address: string;
}

/**
 * Mails a link to whoever the name names, to the address that is stored and
 * never to the one that was typed. Answers nobody anything, in the same time.
 */
export async function requestReset(context: AppContext, request: ResetRequest): Promise<void> {
  const longEnough = atLeast(NEUTRAL_ANSWER_MS);
  const person = hasControls(request.name)
    ? null
    : await findPersonByName(context.store.read, request.name.trim());
  await mailNewLink(context, { person, ...request });
  await longEnough;
}
