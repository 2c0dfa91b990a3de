import type { RunKind } from '../../domain/runs/run.ts';
import { ProviderEntity } from '../../store/entities/directory.ts';
import { findOpenRun } from '../../store/runs/find-open-run.ts';
import { insertRun } from '../../store/runs/insert-run.ts';
import type { AppContext } from '../context.ts';

/**
 * Asks for the run of one scheduled moment. Any number of schedulers may ask for
 * the same moment: there will be one run.
 *
 * @returns its id; null when that moment has its run, the provider is paused or
 *   gone, or another of its runs is not finished: the next moment comes by itself.
 */
export async function requestScheduledRun(
  context: AppContext,
  request: {
    readonly providerId: string;
    readonly kind: Extract<RunKind, 'full' | 'delta'>;
    readonly tick: Date;
  },
): Promise<string | null> {
  return await context.store.transaction(async (tx) => {
    const provider = await tx.findOneBy(ProviderEntity, { id: request.providerId });
    if (provider?.pausedAt !== null) return null;
    if ((await findOpenRun(tx, provider.id)) !== null) return null;
    return await insertRun(tx, {
      providerId: provider.id,
      definitionVersion: provider.version,
      kind: request.kind,
      dryRun: false,
      recordKey: null,
      cause: { kind: 'schedule' },
      tick: request.tick,
    });
  });
}
