import type { Problem } from '../../kernel/errors.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { sameBytes } from '../../kernel/keyring.ts';
import type { PushMessage } from '../../domain/push/message.ts';
import { lockEndpoint, type PushEndpoint } from '../../store/push/endpoint.ts';
import { findPost, rememberPost } from '../../store/push/remember-post.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { notAuthentic } from './verify-post.ts';
import { requestPushRun } from './request-push-run.ts';
import { takeMessage } from './take-message.ts';

export interface Post {
  readonly endpoint: PushEndpoint;
  /** The sender's id of it; the same on every attempt. */
  readonly id: string;
  /** SHA-256 of the raw body. */
  readonly bodyDigest: Buffer;
  readonly message: PushMessage;
}

export interface PostAnswer {
  /** How many records or keys were taken. */
  readonly accepted: number;
  /** What was not, by its place in the post. */
  readonly problems: readonly Problem[];
  /** The run that will see to it; null when none is needed, or the provider is paused. */
  readonly runId: string | null;
}

/**
 * Takes what a provider pushed: keeps its records, remembers what is to be read
 * again and asks for the run that does it, all in one transaction. Taking the same
 * post again changes nothing and gives the same answer, for seven days.
 *
 * @throws AppError `PUSH_ID_REUSED` for another body under the same id; `POST_INVALID`
 *   when nothing of it can be used; `SET_NOT_OPEN` or `SET_INCOMPLETE`.
 */
export async function receivePost(
  context: AppContext,
  post: Post,
): Promise<{ readonly answer: PostAnswer; readonly repeated: boolean }> {
  return await context.store.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, post.endpoint.providerId);
    if (endpoint === null) throw notAuthentic();
    const before = await findPost(tx, endpoint.providerId, post.id);
    if (before !== null) {
      if (!sameBytes(before.bodyDigest, post.bodyDigest)) throw idReused(context, endpoint);
      return { answer: before.answer as PostAnswer, repeated: true };
    }
    const answer = await take(context, tx, { ...post, endpoint });
    const { id: webhookId, bodyDigest } = post;
    await rememberPost(tx, { providerId: endpoint.providerId, webhookId, bodyDigest, answer });
    return { answer, repeated: false };
  });
}

async function take(context: AppContext, tx: Transaction, { endpoint, message }: Post): Promise<PostAnswer> {
  const { accepted, problems, complete } = await takeMessage(context, tx, { endpoint, message });
  if (accepted === 0 && problems.length > 0)
    throw invalid('POST_INVALID', 'Nothing of this post can be used.', problems);
  const needed = accepted > 0 || complete;
  const runId = needed ? await requestPushRun(tx, { ...endpoint, complete }) : null;
  return { accepted, problems, runId };
}

function idReused(context: AppContext, { name }: PushEndpoint): AppError {
  context.logger.warn('a post came under the id of another; it was refused', { provider: name });
  return new AppError({
    kind: 'conflict',
    code: 'PUSH_ID_REUSED',
    message: 'Another post with this webhook-id was taken in the last seven days.',
    remedy: 'Give every post an id of its own, and the same one only when it is sent again.',
  });
}
