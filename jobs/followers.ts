import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../src/app/context.ts';
import { followProvider } from '../src/app/runs/follow/follow-provider.ts';
import { listFollowable, settleStrays } from '../src/app/runs/follow/list-followable.ts';

/** A new provider is followed within so long, and so is one whose process died, once its lease has run out. */
const SWEEP_MS = 5_000;

/**
 * Follows every provider whose changes come as they happen and that no other
 * process follows. It goes by the store and a plain timer; no queue has a part in
 * it. Disposing hands everything back.
 */
export function startFollowers(context: AppContext): AsyncDisposable {
  const stop = new AbortController();
  const following = new Map<string, Promise<void>>();
  const sweeping = (async () => {
    while (!stop.signal.aborted) {
      await sweep(context, following, stop.signal);
      await sleep(SWEEP_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Error('the process is stopping'));
      await sweeping;
      await Promise.all(following.values());
    },
  };
}

async function sweep(
  context: AppContext,
  following: Map<string, Promise<void>>,
  stop: AbortSignal,
): Promise<void> {
  try {
    for (const id of await listFollowable(context))
      if (!following.has(id)) following.set(id, follow(context, following, { id, stop }));
    await settleStrays(context, stop);
  } catch (error) {
    if (!stop.aborted) context.logger.warn('the providers to follow could not be read', { error });
  }
}

async function follow(
  context: AppContext,
  following: Map<string, Promise<void>>,
  { id, stop }: { readonly id: string; readonly stop: AbortSignal },
): Promise<void> {
  try {
    await followProvider(context, id, stop);
  } catch (error) {
    context.logger.error('following a provider ended; it is taken up again', { provider: id, error });
  } finally {
    following.delete(id);
  }
}
