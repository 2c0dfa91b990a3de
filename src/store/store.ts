import type { DataSource } from 'typeorm';
import type { Logger } from '../../connectors/contract/tools.ts';
import type { Channel } from './channel.ts';
import { createDataSource, type StoreOptions } from './data-source.ts';
import { listen } from './listen.ts';
import type { Transaction } from './transaction.ts';

/** The store: one PostgreSQL database. Disposing closes every connection. */
export class Store implements AsyncDisposable {
  readonly #source: DataSource;
  readonly #options: StoreOptions;
  readonly #closing: AbortController;

  private constructor(source: DataSource, options: StoreOptions, closing: AbortController) {
    this.#source = source;
    this.#options = options;
    this.#closing = closing;
  }

  /** @throws AppError `STORE_UNREACHABLE` when no connection can be made. */
  static async open(options: StoreOptions): Promise<Store> {
    const closing = new AbortController();
    return new Store(await createDataSource(options, closing.signal), options, closing);
  }

  /** Where the store is, for parts that keep their own connections to it (the queues). Contains the password. */
  get url(): string {
    return this.#options.url.reveal();
  }

  /** For single statements; each takes a connection from the pool and gives it back. */
  get read(): Transaction {
    return this.#source.manager;
  }

  /** Commits when `work` resolves and rolls back when it rejects. READ COMMITTED. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.#source.transaction(work);
  }

  /** For several reads that have to agree: all of them see the store as it is at the first. Nothing can be written. */
  async snapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return await this.#source.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY');
      return await work(tx);
    });
  }

  /** Applies outstanding migrations, one process at a time. @returns their names. */
  async migrate(): Promise<readonly string[]> {
    const runner = this.#source.createQueryRunner();
    try {
      // 7236277 spells "tributary" on nobody's keypad; it only has to be the same everywhere.
      await runner.query('SELECT pg_advisory_lock(7236277)');
      const applied = await this.#source.runMigrations({ transaction: 'all' });
      return applied.map((migration) => migration.name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock(7236277)');
      await runner.release();
    }
  }

  /** @returns the names of migrations not yet applied. */
  async pendingMigrations(): Promise<boolean> {
    return await this.#source.showMigrations();
  }

  /**
   * Calls `wake` whenever a hint arrives, and after every reconnect, because
   * hints sent meanwhile are lost. Ends when the signal aborts.
   */
  async listen(
    channels: readonly Channel[],
    wake: (channel: Channel) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await listen({ url: this.#options.url, channels, wake, logger: this.#options.logger }, signal);
  }

  get logger(): Logger {
    return this.#options.logger;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#source.destroy();
  }
}
