import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** Looks until `look` answers with something else than null or false; rejects after `ms`. */
export async function waitFor<T>(
  look: () => Promise<T | null | false> | T | null | false,
  ms = 120_000,
): Promise<T> {
  const over = AbortSignal.timeout(ms);
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (over.aborted) throw new Error(`did not happen within ${String(ms)} ms: ${look.toString()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
