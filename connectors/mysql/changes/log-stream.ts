import { randomInt } from 'node:crypto';
import type { Connection } from 'mysql2';
import ZongJi from '@vlasky/zongji';
import type { BinlogEvent } from '@vlasky/zongji';
import type { ServerConnection } from '../../contract/definition.ts';
import { ConnectorError } from '../../contract/errors.ts';
import type { Secret } from '../../contract/secret.ts';
import type { ConnectorTools } from '../../contract/tools.ts';
import { toConnectorError } from '../failures.ts';
import { connectionOptions } from '../session.ts';
import { EVENTS, itemsOf, type LogItem } from './log-item.ts';

export interface Login {
  readonly connection: ServerConnection;
  readonly password: Secret | null;
  readonly tools: ConnectorTools;
}

/** The server says that it is there this often; a server that is silent for three times as long is not. */
const HEARTBEAT_S = 8;
const SILENCE_MS = 25_000;
/** Rows that may wait; the server's are held back beyond that, however large the transaction. */
const MANY_ROWS = 2_000;
const FEW_ROWS = 200;
/** Numbers of replicas: two with the same one drive each other away. Those of real servers are low. */
const SERVER_IDS = [0x8000_0000, 0xffff_fff0] as const;

/** The driver's own connection, which its types do not show. */
interface Underneath {
  readonly connection: (Connection & { pause(): void; resume(): void }) | null;
  readonly gtidSet: string | undefined;
  readonly options: { readonly filename?: string };
}

/** What the driver cannot decode it names in an error first, which would end the reading at the same place for ever. */
class Log extends ZongJi {
  _warnUnsupportedEvent(): void {
    // The event itself follows: see `unreadable` in log-item.ts.
  }
}

/** Reads the binary log of one table from a position on, as a replica would. Ends only by being disposed or by an error. */
export class LogStream implements AsyncDisposable {
  readonly #zongji: ZongJi;
  readonly #items: LogItem[] = [];
  #waitingRows = 0;
  #paused = false;
  #failure: ConnectorError | null = null;
  #wake: (() => void) | null = null;
  #silence: NodeJS.Timeout | null = null;

  private constructor(zongji: ZongJi) {
    this.#zongji = zongji;
  }

  static async open(
    login: Login,
    at: { readonly position: string; readonly database: string; readonly table: string },
    signal: AbortSignal,
  ): Promise<LogStream> {
    const { connection, password, tools } = login;
    const address = await tools.resolve(connection.host, signal);
    const zongji = new Log(connectionOptions(connection, address, password));
    const stream = new LogStream(zongji);
    zongji.on('binlog', (event) => stream.#hear(event));
    zongji.on('error', (error: unknown) => stream.#fail(failureOf(unwrap(error))));
    zongji.start({
      gtidSet: at.position,
      serverId: randomInt(...SERVER_IDS),
      includeEvents: EVENTS,
      includeSchema: { [at.database]: [at.table] },
    });
    stream.#askForHeartbeats();
    stream.#watch();
    return stream;
  }

  /** The next item; null when there is none at the moment. @throws ConnectorError what ended the stream. */
  next(): LogItem | null {
    const item = this.#items.shift() ?? null;
    if (item?.kind === 'rows') this.#waitingRows -= item.rows.length;
    if (this.#paused && this.#waitingRows < FEW_ROWS) this.#resume();
    if (item === null && this.#failure !== null) throw this.#failure;
    return item;
  }

  /** Resolves when there is something to read, and when the stream has failed. */
  async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#items.length > 0 || this.#failure !== null) return;
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      this.#wake = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#failure ??= new ConnectorError('SOURCE_UNREACHABLE', 'the stream is closed');
    await new Promise<void>((resolve) => {
      this.#zongji.once('stopped', resolve);
      this.#zongji.stop();
    });
  }

  #hear(event: BinlogEvent): void {
    if (this.#failure !== null) return;
    this.#watch();
    const { gtidSet = '', options } = this.#underneath();
    const items = itemsOf(event, { position: gtidSet, file: options.filename ?? '' });
    if (items.length === 0) return;
    for (const item of items) {
      this.#items.push(item);
      if (item.kind === 'rows') this.#waitingRows += item.rows.length;
    }
    if (this.#waitingRows > MANY_ROWS) this.#pause();
    this.#tell();
  }

  /** What arrives after that is put off by the driver, and then by the server. */
  #pause(): void {
    this.#paused = true;
    this.#underneath().connection?.pause();
  }

  #resume(): void {
    this.#paused = false;
    this.#underneath().connection?.resume();
    this.#watch();
  }

  /** A half-open connection would wait for ever. While we hold the server back it has nothing to say. */
  #watch(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#paused) this.#watch();
      else this.#fail(new ConnectorError('SOURCE_UNREACHABLE', 'the server has fallen silent'));
    }, SILENCE_MS);
    this.#silence.unref();
  }

  #askForHeartbeats(): void {
    const nanoseconds = String(HEARTBEAT_S * 1_000_000_000);
    this.#underneath().connection?.query(
      `SET @master_heartbeat_period = ${nanoseconds}, @source_heartbeat_period = ${nanoseconds}`,
      (error: unknown) => {
        if (error !== null) this.#fail(toConnectorError(error, 'connect'));
      },
    );
  }

  #fail(error: ConnectorError): void {
    this.#failure ??= error;
    this.#tell();
  }

  #tell(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  #underneath(): Underneath {
    return this.#zongji;
  }
}

/**
 * What the driver itself throws has neither a code nor a number: it cannot decode an
 * event, and could not the next time either. A full run goes on behind it.
 */
function failureOf(error: unknown): ConnectorError {
  const { code, errno, fatal } = error as { code?: unknown; errno?: unknown; fatal?: unknown };
  return code === undefined && errno === undefined && fatal === undefined
    ? new ConnectorError('SOURCE_HISTORY_LOST', 'the binary log holds an event that cannot be read')
    : toConnectorError(error, 'read');
}

/** An error that no listener takes is thrown, and wrapped when Node does not know it for one. */
function unwrap(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'context' in error ? error.context : error;
}
