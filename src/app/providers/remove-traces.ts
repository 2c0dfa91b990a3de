import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderRow } from '../../store/entities/directory.ts';
import { isFollowed } from '../../store/followers/hold-follower.ts';
import { pauseProvider } from '../../store/providers/pause-provider.ts';
import type { AppContext } from '../context.ts';
import { askForTraces, type TraceReport } from './list-traces.ts';
import { openConnector } from './open-connector.ts';

/** Longer than a follower takes to notice that its provider is paused. */
const LET_GO_MS = 15_000;
const LOOK_MS = 200;
const LIMIT_MS = 20_000;

/**
 * Drops what Tributary left at a source that is about to be removed. A slot that is
 * in use cannot be dropped, so the provider is paused first and its follower waited
 * for.
 *
 * @returns what could not be dropped, each with the SQL that does it, or why the source could not be asked.
 */
export async function removeTraces(
  context: AppContext,
  provider: ProviderRow,
  signal: AbortSignal,
): Promise<TraceReport> {
  return await askForTraces(signal, async () => {
    await using connector = await openConnector(context, provider);
    if (connector.traces === undefined) return [];
    await pauseProvider(context.store.read, provider.id, true);
    await followerGone(context, provider.id, signal);
    return await connector.traces.remove(AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
  });
}

async function followerGone({ store }: AppContext, providerId: string, signal: AbortSignal): Promise<void> {
  const end = performance.now() + LET_GO_MS;
  while (performance.now() < end && (await isFollowed(store.read, providerId)))
    await sleep(LOOK_MS, undefined, { signal });
}
