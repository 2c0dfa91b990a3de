import type { LoadedConfig } from '../../config/load.ts';
import type { Role } from '../../config/options.ts';
import type { AppContext } from '../app/context.ts';
import type { Probes } from '../app/installation/diagnose.ts';

/** A context that was built for one command. Disposing releases everything behind it, the latest first. */
export interface OpenContext extends AsyncDisposable {
  readonly context: AppContext;
}

export interface OpenContextOptions {
  /**
   * `require` (default): an embedded store is brought up to date; any other is
   * refused with `MIGRATIONS_PENDING` when it lacks migrations. `ignore`: whatever
   * is there is opened, for `doctor`.
   */
  readonly migrations?: 'require' | 'ignore';
}

export interface DemoOptions {
  /** Starts afresh: what an earlier demo left in the data directory is removed. */
  readonly reset: boolean;
}

/**
 * What the commands cannot build themselves; src/bin does. Nothing is loaded or
 * connected before it is asked for, so that `--help` stays quick.
 */
export interface Runtime {
  readonly environment: Readonly<Record<string, string | undefined>>;

  /** Reads every option; secrets stay hidden. @throws ConfigError with every problem at once. */
  config(): Promise<LoadedConfig>;

  /** @throws AppError `STORE_UNREACHABLE`, `MIGRATIONS_PENDING`, or of the key; ConfigError. */
  openContext(options?: OpenContextOptions): Promise<OpenContext>;

  /** Applies outstanding migrations. @returns their names; empty when there are none. */
  migrate(): Promise<readonly string[]>;

  /** In-process workers, for `--wait`. Disposing finishes or hands back what is under way. */
  startWorkers(context: AppContext): Promise<AsyncDisposable>;

  /** What `doctor` looks at besides the store. */
  probes(context: AppContext): Promise<Probes>;

  /**
   * Runs the roles until SIGTERM or SIGINT. @param roles null: as configured.
   * @returns the exit code.
   */
  start(roles: readonly Role[] | null): Promise<number>;

  /** Runs the demonstration until SIGTERM or SIGINT. @returns the exit code. */
  demo(options: DemoOptions): Promise<number>;
}
