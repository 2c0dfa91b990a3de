import { setTimeout as sleep } from 'node:timers/promises';
import type { PasswordHasher } from '../../passwords/hasher.ts';

/**
 * Verifying bcrypt at cost 12 in JavaScript takes about 350 ms and our argon2id
 * about 15 ms; a refusal that leaves no sooner than this tells neither which it
 * was nor whether there was anything to verify.
 */
export const REFUSAL_MS = 500;

/** Refusals leave at whole steps, which hide what is left of a difference. */
const STEP_MS = 100;

/**
 * Begin it before the work, and await what it gives before a refusal leaves: not
 * sooner than {@link REFUSAL_MS}, and not sooner than the slowest verification of
 * late would have let it. On a machine so busy that verifying takes longer than
 * that, everybody is refused as late as those whose hash takes longest.
 */
export function beginRefusal(passwords: Pick<PasswordHasher, 'slowestRecentMs'>): () => Promise<void> {
  const started = performance.now();
  return async () => {
    // A little beyond it: what stands around the verification takes time too.
    const slowest = Math.ceil((passwords.slowestRecentMs() * 1.1) / STEP_MS) * STEP_MS;
    const left = Math.max(REFUSAL_MS, slowest) - (performance.now() - started);
    // A timer takes whole milliseconds, and cuts the rest off.
    if (left > 0) await sleep(Math.ceil(left));
  };
}

/** Writing an e-mail's request takes a few milliseconds, finding nobody takes fewer. */
export const NEUTRAL_ANSWER_MS = 250;

/** Begin it before the work and await it before the answer: the answer takes at least so long. */
export async function atLeast(ms: number): Promise<void> {
  await sleep(ms);
}
