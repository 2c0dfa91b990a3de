import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../../connectors/contract/tools.ts';
import { adoptServer } from './adopt.ts';
import { chooseUser } from './choose-user.ts';
import { initialiseCluster } from './initialise.ts';
import { launchServer } from './launch.ts';
import { lockDirectory } from './lock.ts';
import { readOrMakePassword } from './password.ts';
import { placeServer } from './place.ts';
import { EmbeddedServer } from './server.ts';

export interface EmbeddedServerOptions {
  /** A folder of its own; made when missing. */
  readonly directory: string;
  readonly logger: Logger;
  /** PostgreSQL settings that override the modest defaults; an adopted server keeps those it has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Modest: one machine shared with everything else. `logical` lets an evaluator try replication without a restart. */
const DEFAULTS: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '100',
  wal_level: 'logical',
  max_wal_size: '512MB',
};

/**
 * Starts the PostgreSQL server that npm brought along, or adopts the one that a
 * killed Tributary left on the same folder. For evaluation; production sets
 * DATABASE_URL.
 *
 * @throws AppError `EMBEDDED_DIRECTORY_IN_USE`, or `EMBEDDED_SERVER_FAILED` with what the server said.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const directory = path.resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    const user = await chooseUser();
    const place = await placeServer(directory, user, options.logger);
    const password = await readOrMakePassword(place.passwordFile);
    const found = await adoptServer(place.data, password);
    if (found !== null) {
      options.logger.info('embedded PostgreSQL was still running; adopted it', found);
      return new EmbeddedServer({ ...found, adopted: true }, password, { lock, logger: options.logger });
    }
    await initialiseCluster(place, password, user);
    const started = await launchServer({ place, user, settings: { ...DEFAULTS, ...options.settings } });
    options.logger.info(
      'embedded PostgreSQL started, for evaluation; set DATABASE_URL for production',
      started,
    );
    return new EmbeddedServer({ ...started, adopted: false }, password, { lock, logger: options.logger });
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}
