import { randomBytes } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { findEndpoint, type PushEndpoint } from '../../store/push/endpoint.ts';
import type { AppContext } from '../context.ts';
import { keyBinding, oldKeyBinding } from './rotate-push-key.ts';

/** A post as it came, its headers already of the right form. */
export interface SignedPost {
  /** The provider's name in the path; may be anything. */
  readonly provider: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  /** UTF-8. The signature is over these characters. */
  readonly body: string;
}

/** Verified against when there is no provider of that name, so that this takes as long and answers the same. */
const NOBODY = new Secret(`whsec_${randomBytes(32).toString('base64')}`);

/**
 * Finds out who sent a post: a system that has the present key of the provider, or
 * the one before it within 24 hours of the rotation, not more than five minutes ago.
 *
 * @throws AppError `PUSH_NOT_AUTHENTIC`, the same whatever the reason.
 */
export async function verifyPost(context: AppContext, post: SignedPost): Promise<PushEndpoint> {
  const endpoint = await findEndpoint(context.store.read, post.provider);
  const keys = endpoint === null ? [NOBODY] : keysOf(context, endpoint);
  const good = keys.filter((key) => isSignedWith(key, post));
  if (endpoint !== null && good.length > 0) return endpoint;
  context.logger.info('a post was refused: signature, time or address do not fit', {
    known: endpoint !== null,
  });
  throw notAuthentic();
}

function keysOf({ keyring }: AppContext, { providerId, key, oldKey }: PushEndpoint): readonly Secret[] {
  const keys = [keyring.open(key, keyBinding(providerId))];
  if (oldKey !== null) keys.push(keyring.open(oldKey, oldKeyBinding(providerId)));
  return keys;
}

function isSignedWith(key: Secret, { id, timestamp, signature, body }: SignedPost): boolean {
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  try {
    new Webhook(key.reveal()).verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

export function notAuthentic(): AppError {
  return new AppError({
    kind: 'unauthenticated',
    code: 'PUSH_NOT_AUTHENTIC',
    message: 'The post is not signed with the key of this provider, or not in the last five minutes.',
    remedy:
      'Sign it as Standard Webhooks says, over the raw body, with the key that provider key NAME printed; and set the clock.',
  });
}
