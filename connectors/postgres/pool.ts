import pg from 'pg';
import type { ServerConnection } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import type { Secret } from '../contract/secret.ts';
import type { ConnectorTools } from '../contract/tools.ts';
import { within } from '../contract/deadline.ts';
import { PATIENCE, type Patience } from '../contract/patience.ts';
import { toConnectorError, type Phase } from './failures.ts';
import { Gate } from '../contract/gate.ts';
import { offersTls } from './probe.ts';
import { tlsOptions } from './tls.ts';

/** A row as text, in the order of the select list. */
export type TextRow = readonly (string | null)[];

export interface Answer {
  readonly rows: readonly TextRow[];
  readonly fields: readonly pg.FieldDef[];
  /** Rows read or written. */
  readonly count: number;
}

/** Runs one statement in the transaction at hand. */
export type Run = (sql: string, params?: readonly (string | null)[]) => Promise<Answer>;

const MAX_CONNECTIONS = 4;
const CONNECT_MS = 10_000;
/** The server gives up first, so that the connection stays usable; ours is for servers that stopped answering. */
const STATEMENT_MS = 28_000;
const LOCK_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/**
 * What text looks like must not depend on how the server or the login is set up.
 * Set per transaction: poolers between us and the server refuse them at connect,
 * and hand the session to somebody else afterwards.
 */
const SETTINGS = [
  `SET LOCAL TimeZone = 'UTC'`,
  `SET LOCAL DateStyle = 'ISO, YMD'`,
  `SET LOCAL IntervalStyle = 'iso_8601'`,
  `SET LOCAL bytea_output = 'hex'`,
  `SET LOCAL extra_float_digits = 1`,
  `SET LOCAL standard_conforming_strings = on`,
  `SET LOCAL lock_timeout = ${String(LOCK_MS)}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${String(IDLE_IN_TRANSACTION_MS)}`,
].join('; ');

const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => value };

/** Keys in the log are printed by these settings; no transaction can set them there. */
const REPLICATION = {
  replication: 'database',
  options:
    '-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1',
} as const;

/** The connections to one provider: at most four, made when needed. */
export class Pool implements AsyncDisposable {
  readonly patience: Patience;
  readonly #connection: ServerConnection;
  readonly #password: Secret | null;
  readonly #tools: ConnectorTools;
  readonly #gate = new Gate(MAX_CONNECTIONS);
  #pool: Promise<pg.Pool> | null = null;

  constructor(connection: ServerConnection, password: Secret | null, tools: ConnectorTools) {
    this.#connection = connection;
    this.#password = password;
    this.#tools = tools;
    this.patience = { ...PATIENCE, ...tools.patience };
  }

  /**
   * Runs `work` in a read-only transaction.
   *
   * @param limitMs for each statement on the server; 28 seconds unless given.
   */
  async read<T>(signal: AbortSignal, work: (run: Run) => Promise<T>, limitMs = STATEMENT_MS): Promise<T> {
    return await this.#transaction({ mode: 'READ ONLY', phase: 'read', limitMs }, signal, work);
  }

  /** Runs `work` in a transaction that commits when it resolves. */
  async write<T>(signal: AbortSignal, work: (run: Run) => Promise<T>): Promise<T> {
    return await this.#transaction(
      { mode: 'READ WRITE', phase: 'write', limitMs: STATEMENT_MS },
      signal,
      work,
    );
  }

  /**
   * A connection of its own beside the four, for what stays open: the caller ends it.
   *
   * @param replication for the replication protocol, which has no transactions and no parameters.
   */
  async dedicate(signal: AbortSignal, replication = false): Promise<pg.Client> {
    signal.throwIfAborted();
    try {
      const address = await this.#tools.resolve(this.#connection.host, signal);
      const settings = this.#settings(address);
      const client = new pg.Client(replication ? { ...settings, ...REPLICATION } : settings);
      // What breaks while nobody listens shows at the next use.
      client.on('error', (error) =>
        this.#tools.logger.debug('a connection to the provider broke', { error }),
      );
      await within(client.connect(), signal, { ms: 2 * CONNECT_MS, late: noAnswer }).catch(
        (error: unknown) => {
          // Not waited for: a server that hangs never says goodbye.
          void client.end().catch(() => undefined);
          throw error;
        },
      );
      return client;
    } catch (error) {
      signal.throwIfAborted();
      throw await this.#explain(toConnectorError(error, 'connect'), signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = await this.#pool?.catch(() => null);
    await pool?.end();
  }

  async #transaction<T>(
    how: { readonly mode: string; readonly phase: Phase; readonly limitMs: number },
    signal: AbortSignal,
    work: (run: Run) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    await using _slot = await this.#gate.enter(signal);
    const client = await this.#connect(signal);
    const run = runner(client, this.patience.silenceMs, signal);
    let usable = false;
    try {
      await run(`BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED ${how.mode}; ${SETTINGS};
        SET LOCAL statement_timeout = ${String(how.limitMs)}`);
      const result = await work(run);
      await commit(run, how.phase);
      usable = true;
      return result;
    } catch (error) {
      usable = await recover(run, error);
      signal.throwIfAborted();
      throw toConnectorError(error, how.phase);
    } finally {
      // A client that timed out or was given up on may still be busy: it is closed, never reused.
      client.release(!usable);
    }
  }

  async #connect(signal: AbortSignal): Promise<pg.PoolClient> {
    try {
      this.#pool ??= this.#open(signal);
      const pool = await this.#pool.catch((error: unknown) => {
        this.#pool = null;
        throw error;
      });
      // The pool's own limit closes the socket and comes first; this one is for a pool that does not answer.
      return await within(connectOrRelease(pool, signal), signal, { ms: 2 * CONNECT_MS, late: noAnswer });
    } catch (error) {
      signal.throwIfAborted();
      throw await this.#explain(toConnectorError(error, 'connect'), signal);
    }
  }

  async #open(signal: AbortSignal): Promise<pg.Pool> {
    const address = await this.#tools.resolve(this.#connection.host, signal);
    const pool = new pg.Pool({
      ...this.#settings(address),
      max: MAX_CONNECTIONS,
      idleTimeoutMillis: 10_000,
      Client: PooledClient,
    });
    const tell = (error: Error): void =>
      this.#tools.logger.debug('a connection to the provider broke', { error });
    // Whoever runs a query on it hears of it there; an event that nobody listens to would end the process.
    pool.on('connect', (client) => client.on('error', tell));
    pool.on('error', tell);
    return pool;
  }

  #settings(address: string) {
    const { port, database, user } = this.#connection;
    const password = this.#password;
    return {
      host: address,
      port,
      database,
      user,
      password: () => {
        const text = password?.reveal() ?? '';
        if (text !== '') return text;
        throw new ConnectorError('SOURCE_LOGIN_REFUSED', 'the server asks for a password and none is stored');
      },
      ssl: tlsOptions(this.#connection),
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      application_name: 'tributary',
      types: AS_TEXT,
    };
  }

  /** A server that offers no TLS makes the driver fail without a code: ask the server itself. */
  async #explain(error: ConnectorError, signal: AbortSignal): Promise<ConnectorError> {
    if (error.code !== 'SOURCE_UNREACHABLE' || this.#connection.tls === 'disable') return error;
    const address = await this.#tools.resolve(this.#connection.host, signal).catch(() => null);
    if (address === null || (await offersTls(address, this.#connection.port, signal)) !== false) return error;
    return new ConnectorError('SOURCE_TLS_FAILED', 'the server offers no TLS', { cause: error });
  }
}

/**
 * The pool forgets a client that could not log in, with its socket open where the
 * failure was on our side: no password for SASL. The server would hold it for a minute.
 */
class PooledClient extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(done: (error: Error) => void): void;
  override connect(done?: (error: Error) => void): unknown {
    if (done === undefined) return super.connect();
    super.connect((error: Error) => {
      // The driver says null where its types say that there is an error.
      if ((error as unknown) !== null) void this.end().catch(() => undefined);
      done(error);
    });
    return undefined;
  }
}

/** A connection that arrives after we gave up on it would otherwise stay open and count for ever. */
async function connectOrRelease(pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  const client = await pool.connect();
  if (!signal.aborted) return client;
  client.release(true);
  throw signal.reason;
}

function runner(client: pg.PoolClient, limitMs: number, signal: AbortSignal): Run {
  return async (sql, params) => {
    const query = { text: sql, rowMode: 'array' as const, types: AS_TEXT };
    // The extended protocol takes one statement only: a definition's query cannot smuggle in a second.
    const extended = { ...query, values: [...(params ?? [])], queryMode: 'extended' };
    const answer = client.query<(string | null)[]>(params === undefined ? query : extended);
    const { rows, fields, rowCount } = await within(answer, signal, {
      ms: limitMs,
      late: () => new ConnectorError('SOURCE_TIMEOUT', `no answer within ${String(limitMs / 1000)} s`),
    });
    return { rows, fields, count: rowCount ?? 0 };
  };
}

/** What a deferred constraint has to say is heard before the commit, while it can still be answered. */
async function commit(run: Run, phase: Phase): Promise<void> {
  if (phase === 'write') await run('SET CONSTRAINTS ALL IMMEDIATE');
  await run('COMMIT');
}

/** @returns whether the connection can be used again. */
async function recover(run: Run, error: unknown): Promise<boolean> {
  const answered = error instanceof pg.DatabaseError || error instanceof ConnectorError;
  if (!answered || isLost(error)) return false;
  return await run('ROLLBACK').then(
    () => true,
    () => false,
  );
}

function isLost(error: Error): boolean {
  const { code } = toConnectorError(error, 'read');
  return code === 'SOURCE_TIMEOUT' || code === 'SOURCE_UNREACHABLE';
}

function noAnswer(): ConnectorError {
  return new ConnectorError('SOURCE_UNREACHABLE', `nothing answered within ${String(CONNECT_MS / 1000)} s`);
}
