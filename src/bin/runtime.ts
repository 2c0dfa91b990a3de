import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../config/options.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import type { AppContext } from '../app/context.ts';
import type { OpenContext, OpenContextOptions, Runtime } from '../cli/runtime.ts';
import { Lifecycle } from '../kernel/lifecycle.ts';
import { probesOf } from './probes.ts';

/**
 * What the commands are given. Everything is loaded when it is first asked for:
 * the parts of a server take a second, `--help` must not.
 */
export function createRuntime(environment: NodeJS.ProcessEnv): Runtime {
  let loaded: Promise<LoadedConfig> | null = null;
  const load = (): Promise<LoadedConfig> => (loaded ??= loadConfig(environment));
  const config = async (): Promise<Config> => (await load()).config;
  return {
    environment,
    config: load,
    openContext: async (options) => await openForCommand(await config(), options),
    migrate: async () => await migrate(await config()),
    startWorkers: async (context) => await startWorkers(await config(), context),
    probes: async (context) => probesOf(await config(), context),
    start: async (roles) => {
      const { start } = await import('./start.ts');
      return await start(await load(), await logger(await config(), { quiet: false }), roles);
    },
    demo: async (options) => {
      const { demo } = await import('./demo/demo.ts');
      return await demo(await load(), await logger(await config(), { quiet: true }), options);
    },
  };
}

async function logger(config: Config, options: { readonly quiet: boolean }): Promise<Logger> {
  const { openLogger } = await import('./logging.ts');
  return openLogger(config, options);
}

async function openForCommand(config: Config, options: OpenContextOptions = {}): Promise<OpenContext> {
  const [{ openContext }, quiet] = await Promise.all([
    import('./open-context.ts'),
    logger(config, { quiet: true }),
  ]);
  const lifecycle = new Lifecycle(quiet);
  const { migrations = 'require' } = options;
  const context = await releasedOnFailure(lifecycle, () =>
    openContext(lifecycle, { config, logger: quiet, migrations, join: true }),
  );
  return { context, [Symbol.asyncDispose]: () => lifecycle.stop() };
}

async function migrate(config: Config): Promise<readonly string[]> {
  const [{ openStore }, quiet] = await Promise.all([
    import('./open-store.ts'),
    logger(config, { quiet: true }),
  ]);
  const lifecycle = new Lifecycle(quiet);
  const request = { config, logger: quiet, migrations: 'check', join: true } as const;
  const applied = await releasedOnFailure(lifecycle, async () => {
    const store = await openStore(lifecycle, request);
    return await store.migrate();
  });
  await lifecycle.stop();
  return applied;
}

async function startWorkers(config: Config, context: AppContext): Promise<AsyncDisposable> {
  const { startBackground } = await import('./start-roles.ts');
  const lifecycle = new Lifecycle(context.logger);
  await releasedOnFailure(lifecycle, () =>
    startBackground(lifecycle, { config, context, roles: ['worker'] }),
  );
  return lifecycle;
}

async function releasedOnFailure<T>(lifecycle: Lifecycle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await lifecycle.stop().catch(() => undefined);
    throw error;
  }
}
