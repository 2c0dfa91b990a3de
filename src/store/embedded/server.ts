import pg from 'pg';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { Logger } from '../../../connectors/contract/tools.ts';
import type { RunningServer } from './await-ready.ts';
import { HOST, SUPERUSER, withConnection } from './connect.ts';
import { stopServer } from './stop.ts';

/** SQLSTATE: another process made the database first, seen by the check or by the index. */
const ALREADY_THERE = new Set(['42P04', '23505']);

/** A running PostgreSQL server on loopback. Disposing stops it, waits for its end and gives the folder back. */
export class EmbeddedServer implements AsyncDisposable {
  readonly host = HOST;
  readonly port: number;
  readonly user = SUPERUSER;
  readonly password: Secret;
  /** Whether it ran already, left by a Tributary that was killed. */
  readonly adopted: boolean;
  readonly pid: number;
  readonly #lock: AsyncDisposable;
  readonly #logger: Logger;

  constructor(
    running: RunningServer & { readonly adopted: boolean },
    password: Secret,
    owned: { readonly lock: AsyncDisposable; readonly logger: Logger },
  ) {
    this.port = running.port;
    this.pid = running.pid;
    this.adopted = running.adopted;
    this.password = password;
    this.#lock = owned.lock;
    this.#logger = owned.logger;
  }

  /** Contains the password: wrap it in a Secret where it is kept. */
  url(database: string): string {
    const login = `${this.user}:${encodeURIComponent(this.password.reveal())}`;
    return `postgres://${login}@${this.host}:${String(this.port)}/${encodeURIComponent(database)}`;
  }

  /** Does nothing when the database exists. */
  async createDatabase(name: string): Promise<void> {
    await withConnection(this.port, this.password, async (client) => {
      const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
      if (found.rowCount === 0)
        await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch(ignoreExisting);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopServer(this.pid);
    await this.#lock[Symbol.asyncDispose]();
    this.#logger.debug('embedded PostgreSQL stopped', { pid: this.pid });
  }
}

function ignoreExisting(error: unknown): void {
  if (error instanceof pg.DatabaseError && ALREADY_THERE.has(error.code ?? '')) return;
  throw error;
}
