import type { ProviderDefinition } from '../../connectors/contract/definition.ts';
import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { requestRun, type RunRequest } from '../../src/app/runs/request-run.ts';
import { showRun } from '../../src/app/runs/show-run.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { ListedRun } from '../../src/store/runs/list-runs.ts';
import type { World } from './context.ts';

/** Runs of the world's one provider, carried out in this process. */
export interface Runner {
  /** A full run, unless `over` asks for another; to its end, or until it is held. */
  sync(over?: Partial<RunRequest>): Promise<ListedRun>;
  /** Goes on with a run that was asked for. */
  finish(runId: string): Promise<ListedRun>;
  /** Asks the store. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** Nobody, nowhere, and no provider. */
  empty(): Promise<void>;
}

export function createRunner(world: World): Runner {
  const { context, source } = world;
  const finish = async (runId: string): Promise<ListedRun> => {
    await carryOutRun(context, runId, { owner: newId(), signal: new AbortController().signal });
    return await showRun(context, runId);
  };
  return {
    finish,
    sync: async (over = {}) => {
      const cause = { kind: 'operator', name: 'test' } as const;
      const { runId } = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause, ...over });
      return await finish(runId);
    },
    rows: async (sql) => await context.store.read.query<Record<string, unknown>[]>(sql),
    empty: async () => {
      await source.query('TRUNCATE people');
      for (const table of ['providers', 'profiles', 'outbox']) {
        await context.store.read.query(`TRUNCATE ${table} CASCADE`);
      }
    },
  };
}

/** The provider's rules for passwords, as `over` wants them. */
export function passwordRules(
  over: Partial<NonNullable<ProviderDefinition['password']>>,
): Partial<ProviderDefinition> {
  const writeBack = { enabled: true, set: {}, conflict: 'newest' } as const;
  return { password: { column: 'pw_hash', format: 'auto', onboarding: 'none', writeBack, ...over } };
}
