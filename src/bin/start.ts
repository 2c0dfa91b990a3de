import type { LoadedConfig } from '../../config/load.ts';
import type { Role } from '../../config/options.ts';
import { describeConfig } from '../../config/print.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import { Lifecycle } from '../kernel/lifecycle.ts';
import { stopOnSignal } from '../kernel/stop-on-signal.ts';
import { openContext } from './open-context.ts';
import { requirePort } from './port.ts';
import { startRoles } from './start-roles.ts';

/** Runs the roles until SIGTERM or SIGINT. @returns the exit code. Whatever fails, nothing is left running. */
export async function start(
  loaded: LoadedConfig,
  logger: Logger,
  chosen: readonly Role[] | null,
): Promise<number> {
  const { config } = loaded;
  const roles = chosen ?? config.roles;
  return await runUntilSignal(logger, async (lifecycle) => {
    if (roles.includes('api')) await requirePort(config);
    const context = await openContext(lifecycle, { config, logger, migrations: 'apply', join: false });
    await startRoles(lifecycle, { config, context, roles, settings: describeConfig(loaded) });
    logger.info('started', { roles });
  });
}

/** Runs `begin`, then waits for a signal; releases everything also when `begin` fails or a signal comes first. */
export async function runUntilSignal(
  logger: Logger,
  begin: (lifecycle: Lifecycle) => Promise<void>,
): Promise<number> {
  const lifecycle = new Lifecycle(logger);
  const exit = (code: number): void => process.exit(code);
  const stopped = stopOnSignal(lifecycle, { from: process, exit, logger });
  try {
    await begin(lifecycle);
  } catch (error) {
    // A signal during the start makes it fail: then the stop is the result.
    if (lifecycle.signal.aborted) return await stopped;
    await lifecycle.stop().catch(() => undefined);
    throw error;
  }
  return await stopped;
}
