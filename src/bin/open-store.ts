import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config/options.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import { AppError } from '../kernel/errors.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import { compareSchema } from '../store/compare-schema.ts';
import { Store } from '../store/store.ts';

/**
 * - `apply`: outstanding migrations are applied.
 * - `require`: they are applied to an embedded store; another one that lacks some is refused.
 * - `check`: they may be outstanding; the store must not be newer.
 * - `ignore`: whatever is there is opened.
 */
export type Migrations = 'apply' | 'require' | 'check' | 'ignore';

export interface StoreRequest {
  readonly config: Config;
  readonly logger: Logger;
  readonly migrations: Migrations;
  /** Whether to join the embedded server that another process runs on the data directory. */
  readonly join: boolean;
}

/** The database of the store within the embedded server. */
export const STORE_DATABASE = 'tributary';
const POLL_MS = 100;
/** A process that was just started brings its server up in a second or two. */
const JOIN_MS = 15_000;

/** Where the embedded server keeps everything. */
export function serverDirectory(config: Config): string {
  return join(config.dataDirectory, 'postgres');
}

/**
 * Opens the store: the one of DATABASE_URL, or one in an embedded server.
 *
 * @throws AppError `STORE_UNREACHABLE`, `EMBEDDED_DIRECTORY_IN_USE`, `EMBEDDED_SERVER_FAILED`,
 *   `MIGRATIONS_PENDING`, or `STORE_NEWER` when a newer version has been at it.
 */
export async function openStore(lifecycle: Lifecycle, request: StoreRequest): Promise<Store> {
  const { config, logger, migrations } = request;
  const url =
    config.databaseUrl === null ? await embeddedUrl(lifecycle, request) : new Secret(config.databaseUrl());
  const store = await lifecycle.use('store', () => Store.open({ url, poolSize: config.poolSize, logger }));
  if (migrations === 'ignore') return store;
  const { pending, unknown } = await compareSchema(store.read);
  if (unknown.length > 0) throw newer(unknown);
  if (pending.length === 0 || migrations === 'check') return store;
  if (migrations === 'require' && config.databaseUrl !== null) throw outdated(pending);
  await store.migrate();
  return store;
}

async function embeddedUrl(lifecycle: Lifecycle, request: StoreRequest): Promise<Secret> {
  if (!request.join) return await startServer(lifecycle, request);
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      return await startServer(lifecycle, request);
    } catch (error) {
      if (!isInUse(error) || waited >= JOIN_MS) throw error;
    }
    const running = await findRunning(request.config);
    if (running !== null) return running;
    await sleep(POLL_MS, undefined, { signal: lifecycle.signal });
  }
}

async function startServer(lifecycle: Lifecycle, { config, logger }: StoreRequest): Promise<Secret> {
  const { startEmbeddedServer } = await import('../store/embedded/start.ts');
  const server = await lifecycle.use('embedded PostgreSQL', () =>
    startEmbeddedServer({ directory: serverDirectory(config), logger }),
  );
  await server.createDatabase(STORE_DATABASE);
  return new Secret(server.url(STORE_DATABASE));
}

async function findRunning(config: Config): Promise<Secret | null> {
  const { findEmbeddedDatabase } = await import('../store/embedded/find.ts');
  return await findEmbeddedDatabase(serverDirectory(config), STORE_DATABASE);
}

function isInUse(error: unknown): boolean {
  return error instanceof AppError && error.code === 'EMBEDDED_DIRECTORY_IN_USE';
}

function outdated(pending: readonly string[]): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'MIGRATIONS_PENDING',
    message: `The store lacks ${pending.length} migrations of this version: ${pending.join(', ')}.`,
    remedy: 'Run: bin/tributary migrate',
  });
}

function newer(unknown: readonly string[]): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'STORE_NEWER',
    message: `The store was brought up to date by a newer version of Tributary (${unknown.join(', ')}).`,
    remedy: 'Use that version or a later one, or restore a backup of the store from before.',
  });
}
