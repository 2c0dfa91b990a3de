import { ProviderEntity } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';

/** When one kind of run of one provider is due. */
export interface Schedule {
  readonly providerId: string;
  readonly name: string;
  readonly kind: 'full' | 'delta';
  /** Five fields. */
  readonly cron: string;
  /** IANA name; null: the time zone of the machine. */
  readonly timeZone: string | null;
}

/**
 * Every schedule of providers that are not paused. With `changes.mode: none`
 * there is nothing a delta could follow, and with `poll` a delta is, in this
 * version, a full run on the delta's schedule.
 */
export async function listSchedules(context: AppContext): Promise<readonly Schedule[]> {
  const providers = await context.store.read.find(ProviderEntity, { order: { name: 'ASC' } });
  return providers
    .filter((provider) => provider.pausedAt === null)
    .flatMap(({ id: providerId, name, definition: { changes } }) => {
      const timeZone = changes.timeZone ?? null;
      const crons = changes.mode === 'none' ? [changes.full] : [changes.full, changes.delta];
      const due = crons.filter((cron): cron is string => cron !== undefined);
      return due.map((cron): Schedule => ({ providerId, name, kind: 'full', cron, timeZone }));
    });
}
