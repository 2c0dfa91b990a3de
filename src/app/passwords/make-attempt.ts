import { countAttempts, type Counter } from '../../store/passwords/count-attempts.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import type { AppContext } from '../context.ts';

/**
 * Counts an attempt, and then makes it. One that fails, as when the queue of
 * hashes is full, is taken back: nothing was verified, so nothing was guessed.
 *
 * @param verify is told whether the counters allow it; what takes no less time has to be done when they do not.
 * @throws what `verify` throws.
 */
export async function makeAttempt<T>(
  context: Pick<AppContext, 'store'>,
  counters: readonly Counter[],
  verify: (allowed: boolean) => Promise<T>,
): Promise<T> {
  const allowed = await context.store.transaction(async (tx) => await countAttempts(tx, counters));
  try {
    return await verify(allowed);
  } catch (error) {
    if (allowed) await forgiveAttempts(context.store.read, { takeBack: counters });
    throw error;
  }
}
