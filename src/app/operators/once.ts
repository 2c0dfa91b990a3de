import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../kernel/errors.ts';
import {
  claimKey,
  keepAnswer as keep,
  releaseKey as release,
  type KeptAnswer,
  type KeyClaim,
} from '../../store/operators/idempotency-keys.ts';
import type { AppContext } from '../context.ts';

export type { KeptAnswer, KeyClaim } from '../../store/operators/idempotency-keys.ts';

const POLL_MS = 100;
const POLLS = 100;

/**
 * Makes sure that a request with a key is carried out once. Whoever comes while
 * it is under way waits up to ten seconds for its answer. Keys are remembered
 * for a day.
 *
 * @returns null: carry it out, then {@link keepAnswer} or {@link releaseKey}; otherwise the answer of the first time.
 * @throws AppError `IDEMPOTENCY_KEY_REUSED`, or `IDEMPOTENCY_UNDER_WAY`.
 */
export async function claimOnce(
  context: Pick<AppContext, 'store'>,
  claim: KeyClaim,
): Promise<KeptAnswer | null> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const claimed = await claimKey(context.store.read, claim);
    if (claimed.state === 'claimed') return null;
    if (claimed.state === 'answered') return claimed.answer;
    if (claimed.state === 'other') throw reused(claim.key);
    await sleep(POLL_MS);
  }
  throw new AppError({
    kind: 'conflict',
    code: 'IDEMPOTENCY_UNDER_WAY',
    message: 'The request with this key is still being carried out.',
    remedy: 'Send it again, with the same key, in a while.',
  });
}

export async function keepAnswer(
  context: Pick<AppContext, 'store'>,
  claim: KeyClaim,
  answer: KeptAnswer,
): Promise<void> {
  await keep(context.store.read, claim, answer);
}

/** For a request that did nothing. */
export async function releaseKey(context: Pick<AppContext, 'store'>, claim: KeyClaim): Promise<void> {
  await release(context.store.read, claim);
}

function reused(key: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'IDEMPOTENCY_KEY_REUSED',
    message: `The key ${key} was used for another request.`,
    remedy: 'Use a new key for each thing that is to happen, and the same one only to ask again.',
  });
}
