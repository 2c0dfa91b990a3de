import type { Changes } from '../../../connectors/contract/definition.ts';
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

/** How changes are learned of by asking: only then is there something for a delta to do. */
const ASKED: ReadonlySet<Changes['mode']> = new Set(['poll', 'push']);

/** Every schedule of providers that are not paused. A delta is due only where changes are asked for. */
export async function listSchedules(context: AppContext): Promise<readonly Schedule[]> {
  const providers = await context.store.read.find(ProviderEntity, { order: { name: 'ASC' } });
  return providers
    .filter((provider) => provider.pausedAt === null)
    .flatMap(({ id: providerId, name, definition: { changes } }) => {
      const timeZone = changes.timeZone ?? null;
      const due: [Schedule['kind'], string | undefined][] = [['full', changes.full]];
      if (ASKED.has(changes.mode)) due.push(['delta', changes.delta]);
      return due.flatMap(([kind, cron]) =>
        cron === undefined ? [] : [{ providerId, name, kind, cron, timeZone }],
      );
    });
}
