import type { LoadedConfig } from '../../../config/load.ts';
import { ROLES, type Config } from '../../../config/options.ts';
import { describeConfig } from '../../../config/print.ts';
import type { Logger } from '../../../connectors/contract/tools.ts';
import type { DemoOptions } from '../../cli/runtime.ts';
import { AppError } from '../../kernel/errors.ts';
import { openContext } from '../open-context.ts';
import { requirePort } from '../port.ts';
import { runUntilSignal } from '../start.ts';
import { capturedDirectory } from '../mail.ts';
import { startRoles } from '../start-roles.ts';
import { firstMail, firstRun } from './first-run.ts';
import { guide } from './guide.ts';
import { openSampleDatabase } from './open-sample-database.ts';
import { definitionFile, registerSample } from './register-sample.ts';
import { resetDemo } from './reset.ts';
import { say } from './say.ts';

/**
 * Everything embedded, with a sample customer, until SIGTERM or SIGINT. Starting
 * again goes on where it was, also after it was killed.
 *
 * @returns the exit code.
 */
export async function demo(loaded: LoadedConfig, logger: Logger, { reset }: DemoOptions): Promise<number> {
  const { config } = loaded;
  requireEmbedded(config);
  return await runUntilSignal(logger, async (lifecycle) => {
    await requirePort(config);
    say('Starting …');
    if (reset) await resetDemo(config, logger);
    const context = await openContext(lifecycle, { config, logger, migrations: 'apply', join: false });
    const sample = await openSampleDatabase(context);
    await startRoles(lifecycle, {
      config,
      context,
      roles: ROLES,
      settings: describeConfig(loaded),
    });
    await registerSample(context, config, sample);
    await firstRun(context, lifecycle.signal);
    await firstMail(capturedDirectory(config), lifecycle.signal);
    const colours = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
    process.stdout.write(guide({ config, colours, definition: definitionFile(config) }));
  });
}

/** The demo fills its store with invented people: never one that somebody uses. */
function requireEmbedded({ databaseUrl, redisUrl, smtpUrl }: Config): void {
  const set = [
    databaseUrl === null ? null : 'DATABASE_URL',
    redisUrl === null ? null : 'REDIS_URL',
    smtpUrl === null ? null : 'SMTP_URL',
  ].filter((name) => name !== null);
  if (set.length === 0) return;
  throw new AppError({
    kind: 'invalid',
    code: 'DEMO_NEEDS_EMBEDDED',
    message: `The demo runs on embedded servers only, and ${set.join(' and ')} is set.`,
    remedy: `Unset it: env ${set.map((name) => `-u ${name}`).join(' ')} npm run demo`,
  });
}
