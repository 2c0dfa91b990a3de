import mysql from 'mysql2';
import type { Pool as Connections, PoolConnection } from 'mysql2';
import type { ServerConnection } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import type { Secret } from '../contract/secret.ts';
import type { ConnectorTools } from '../contract/tools.ts';
import { within } from '../contract/deadline.ts';
import { errorNumber, toConnectorError, type Phase } from './failures.ts';
import { flavourOf, type Flavour } from './flavour.ts';
import { Gate } from '../contract/gate.ts';
import { queryPrepared } from './prepared.ts';
import { query, tooSlow, type Answer } from './query.ts';
import { connectionOptions, SESSION } from './session.ts';

/** Runs one statement in the transaction at hand; prepared, where it has values. */
export type Run = (sql: string, values?: readonly string[]) => Promise<Answer>;

/** What a connection knows of the server behind it. */
interface Session {
  readonly flavour: Flavour;
  /** Row locks of READ COMMITTED need a binary log that is not written as statements. */
  readonly writeIsolation: 'READ COMMITTED' | 'REPEATABLE READ';
}

const MAX_CONNECTIONS = 4;
const IDLE_MS = 10_000;
/** How long the driver and the server take at most to shake hands; see `session.ts`. */
const CONNECT_MS = 10_000;
/** The server gives up first, so that the connection stays usable; ours is for servers that stopped answering. */
const STATEMENT_MS = 28_000;

/** The connections to one provider: at most four, made when needed. */
export class Pool implements AsyncDisposable {
  readonly #connection: ServerConnection;
  readonly #password: Secret | null;
  readonly #tools: ConnectorTools;
  readonly #gate = new Gate(MAX_CONNECTIONS);
  readonly #sessions = new WeakMap<object, Session>();
  #pool: Promise<Connections> | null = null;

  constructor(connection: ServerConnection, password: Secret | null, tools: ConnectorTools) {
    this.#connection = connection;
    this.#password = password;
    this.#tools = tools;
  }

  /**
   * Runs `work` in a read-only transaction, which sees one state of the source.
   *
   * @param limitMs for each statement on the server; 28 seconds unless given.
   */
  async read<T>(
    signal: AbortSignal,
    work: (run: Run, flavour: Flavour) => Promise<T>,
    limitMs = STATEMENT_MS,
  ): Promise<T> {
    return await this.#transaction({ phase: 'read', limitMs }, signal, work);
  }

  /** Runs `work` in a transaction that commits when it resolves. */
  async write<T>(signal: AbortSignal, work: (run: Run, flavour: Flavour) => Promise<T>): Promise<T> {
    return await this.#transaction({ phase: 'write', limitMs: STATEMENT_MS }, signal, work);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = await this.#pool?.catch(() => null);
    await new Promise<void>((resolve) => {
      if (pool === null || pool === undefined) resolve();
      else pool.end(() => resolve());
    });
  }

  async #transaction<T>(
    how: { readonly phase: Phase; readonly limitMs: number },
    signal: AbortSignal,
    work: (run: Run, flavour: Flavour) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    await using _slot = await this.#gate.enter(signal);
    const client = await this.#connect(signal);
    const run = runOn(client, { ...how, signal });
    let usable = false;
    try {
      const session = this.#sessions.get(client) ?? (await this.#greet(client, run));
      await begin(run, session, how);
      const result = await work(run, session.flavour);
      await run('COMMIT');
      if (how.limitMs !== STATEMENT_MS)
        await run(`SET SESSION ${session.flavour.statementLimit(STATEMENT_MS)}`);
      usable = true;
      return result;
    } catch (error) {
      usable = how.limitMs === STATEMENT_MS && (await recover(run, error));
      signal.throwIfAborted();
      throw toConnectorError(error, how.phase);
    } finally {
      // A client that timed out or was given up on may still be busy: it is closed, never reused.
      if (usable) client.release();
      else client.destroy();
    }
  }

  async #connect(signal: AbortSignal): Promise<PoolConnection> {
    try {
      this.#pool ??= this.#open(signal);
      const pool = await this.#pool.catch((error: unknown) => {
        this.#pool = null;
        throw error;
      });
      // The driver's own limit closes the socket and comes first; this one is for what it does not cover.
      return await within(connectOrRelease(pool, signal), signal, { ms: 2 * CONNECT_MS, late: noAnswer });
    } catch (error) {
      signal.throwIfAborted();
      throw toConnectorError(error, 'connect');
    }
  }

  async #open(signal: AbortSignal): Promise<Connections> {
    const address = await this.#tools.resolve(this.#connection.host, signal);
    return mysql.createPool({
      ...connectionOptions(this.#connection, address, this.#password),
      connectionLimit: MAX_CONNECTIONS,
      maxIdle: MAX_CONNECTIONS,
      idleTimeout: IDLE_MS,
    });
  }

  /** Once per connection: what it is set to, and who is there. */
  async #greet(client: PoolConnection, run: Run): Promise<Session> {
    await run(SESSION);
    const { rows } = await run('SELECT VERSION(), @@GLOBAL.binlog_format, @@GLOBAL.log_bin');
    const [version, format, logged] = (rows[0] ?? []).map((value) => value?.toString() ?? '');
    const flavour = flavourOf(version ?? '');
    await run(`SET SESSION ${flavour.statementLimit(STATEMENT_MS)}`);
    const session: Session = {
      flavour,
      writeIsolation: format === 'STATEMENT' && logged === '1' ? 'REPEATABLE READ' : 'READ COMMITTED',
    };
    this.#sessions.set(client, session);
    return session;
  }
}

/**
 * MySQL ends a statement that has reached its limit with an error, but for one that
 * sleeps: there SLEEP is over early, and true. What comes later than the limit is therefore no answer.
 */
function runOn(
  client: PoolConnection,
  about: { readonly phase: Phase; readonly limitMs: number; readonly signal: AbortSignal },
): Run {
  return async (sql, values) => {
    const asked = performance.now();
    const answer =
      values === undefined
        ? await query(client, sql, about)
        : await queryPrepared(client, { sql, values }, about);
    if (about.phase === 'read' && performance.now() - asked >= about.limitMs) throw tooSlow(about.limitMs);
    return answer;
  };
}

async function begin(
  run: Run,
  session: Session,
  how: { readonly phase: Phase; readonly limitMs: number },
): Promise<void> {
  if (how.limitMs !== STATEMENT_MS) await run(`SET SESSION ${session.flavour.statementLimit(how.limitMs)}`);
  const isolation = how.phase === 'write' ? session.writeIsolation : 'REPEATABLE READ';
  await run(`SET TRANSACTION ISOLATION LEVEL ${isolation}`);
  await run(`START TRANSACTION ${how.phase === 'write' ? 'READ WRITE' : 'READ ONLY'}`);
}

/** A connection that arrives after we gave up on it would otherwise stay open and count for ever. */
async function connectOrRelease(pool: Connections, signal: AbortSignal): Promise<PoolConnection> {
  const client = await new Promise<PoolConnection>((resolve, reject) =>
    pool.getConnection((error: Error | null, made) => {
      if (error === null) resolve(made);
      else reject(error);
    }),
  );
  if (!signal.aborted) return client;
  client.destroy();
  throw signal.reason;
}

/** @returns whether the connection can be used again. */
async function recover(run: Run, error: unknown): Promise<boolean> {
  const { code } = toConnectorError(error, 'read');
  if (code === 'SOURCE_TIMEOUT' || code === 'SOURCE_UNREACHABLE') return false;
  // Not something the server said, but something it did.
  if (code === 'SOURCE_FAILED' && errorNumber(error) === 0) return false;
  return await run('ROLLBACK').then(
    () => true,
    () => false,
  );
}

function noAnswer(): ConnectorError {
  return new ConnectorError('SOURCE_UNREACHABLE', `nothing answered within ${String(CONNECT_MS / 1000)} s`);
}
