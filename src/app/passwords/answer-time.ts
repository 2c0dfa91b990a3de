import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Verifying bcrypt at cost 12 in JavaScript takes about 350 ms and our argon2id
 * about 15 ms; a refusal that leaves no sooner than this tells neither which it
 * was nor whether there was anything to verify.
 */
export const REFUSAL_MS = 500;

/** Writing an e-mail's request takes a few milliseconds, finding nobody takes fewer. */
export const NEUTRAL_ANSWER_MS = 250;

/** Begin it before the work and await it before the answer: the answer takes at least so long. */
export async function atLeast(ms: number): Promise<void> {
  await sleep(ms);
}
