import type { Config } from '../../config/options.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import { createLogger } from '../kernel/logger.ts';

/**
 * The logger of this process, on standard error. `quiet`: what a server tells of
 * its normal work is left out, unless somebody asked for even more.
 */
export function openLogger(config: Config, { quiet }: { readonly quiet: boolean }): Logger {
  return createLogger({
    level: quiet && config.logLevel === 'info' ? 'warn' : config.logLevel,
    format: config.logFormat,
    stream: process.stderr,
    colours: process.stderr.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  });
}
