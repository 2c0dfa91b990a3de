import { PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';
import type pg from 'pg';
import { ConnectorError } from '../../contract/errors.ts';
import { sqlState, toConnectorError } from '../failures.ts';
import { hangUp } from './hang-up.ts';
import { parseLsn, printLsn } from './log-position.ts';

/** What arrives: a message of pgoutput, or word of how far the server has looked. */
export type LogMessage = Pgoutput.Message | { readonly tag: 'idle'; readonly lsn: string };

/** So many messages may wait before the socket is left to fill up. */
const WAITING = 2_000;
/**
 * Of the silence that is allowed: how often we say that we are there and ask the
 * same, after how much of it we ask elsewhere, and how long that may take. The
 * server gives up on us after 60 seconds by default.
 */
const PINGS = 6;
const DOUBT = 2;
const ANSWERS = 3;

const DATA = 'w'.charCodeAt(0);
const KEEPALIVE = 'k'.charCodeAt(0);
const DATA_HEADER = 25;
const STATUS_LENGTH = 34;
/** Milliseconds from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH_2000 = 946_684_800_000;

/** The part of the driver's connection that copies; its types leave it out. */
interface CopyConnection {
  on(event: 'copyData', listener: (message: { chunk: Buffer }) => void): void;
  sendCopyFromChunk(chunk: Buffer): void;
  readonly stream: { pause(): void; resume(): void };
}

export interface LogStreamOptions {
  readonly slot: string;
  readonly publication: string;
  /** Where the server begins, and what it may take for acknowledged. */
  readonly from: string;
  readonly silenceMs: number;
  /** Asks the server on another connection whether it is at work for this one, which keeps it from answering. */
  readonly isBusy: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * The log of one slot as it arrives. Nothing is acknowledged but through
 * {@link acknowledge}; reading faster than the messages are taken stops the
 * socket, so that memory stays flat whatever a transaction holds.
 */
export class LogStream implements AsyncDisposable {
  readonly #client: pg.Client;
  readonly #connection: CopyConnection;
  readonly #plugin: PgoutputPlugin;
  readonly #signal: AbortSignal;
  #waiting: LogMessage[] = [];
  #wake: () => void = () => undefined;
  #failure: Error | null = null;
  #paused = false;
  #acknowledged: bigint;
  #received: bigint;
  #heardAt = performance.now();
  #asking = false;
  readonly #options: LogStreamOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#wake();

  constructor(client: pg.Client, options: LogStreamOptions, signal: AbortSignal) {
    const { slot, publication, from } = options;
    this.#options = options;
    this.#client = client;
    this.#connection = (client as unknown as { connection: CopyConnection }).connection;
    this.#plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [publication] });
    this.#signal = signal;
    this.#acknowledged = parseLsn(from);
    this.#received = this.#acknowledged;
    this.#connection.on('copyData', ({ chunk }) => this.#take(chunk));
    client.on('end', () => this.#fail(new ConnectorError('SOURCE_UNREACHABLE', 'the connection broke')));
    client.on('error', (error) => this.#fail(error));
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = setInterval(() => this.#ping(), options.silenceMs / PINGS);
    // Not the plugin's own command: servers before version 14 do not know all of its options.
    const sql = `START_REPLICATION SLOT "${slot}" LOGICAL ${from} (proto_version '1', publication_names '${publication}')`;
    client.query(sql).then(
      () => this.#fail(new ConnectorError('SOURCE_UNREACHABLE', 'the server ended the stream')),
      (error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** What has arrived since the last call; waits for something. @throws when the stream broke, and the signal's reason. */
  async next(): Promise<readonly LogMessage[]> {
    for (;;) {
      this.#signal.throwIfAborted();
      if (this.#waiting.length > 0) return this.#drain();
      if (this.#failure !== null) throw explain(this.#failure);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The server may discard what is before; never goes back. */
  acknowledge(lsn: string): void {
    const upTo = parseLsn(lsn);
    if (upTo > this.#acknowledged) this.#acknowledged = upTo;
    this.#report({ flushed: this.#acknowledged });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#failure ??= new Error('the stream was closed');
    await hangUp(this.#client);
  }

  #drain(): readonly LogMessage[] {
    const taken = this.#waiting;
    this.#waiting = [];
    if (this.#paused) {
      this.#paused = false;
      this.#heardAt = performance.now();
      this.#connection.stream.resume();
    }
    return taken;
  }

  #take(chunk: Buffer): void {
    this.#heardAt = performance.now();
    try {
      if (chunk[0] === DATA) this.#waiting.push(this.#parse(chunk.subarray(DATA_HEADER)));
      else if (chunk[0] === KEEPALIVE) this.#keepAlive(chunk);
    } catch (error) {
      this.#fail(error as Error);
    }
    if (this.#waiting.length >= WAITING && !this.#paused) {
      this.#paused = true;
      this.#connection.stream.pause();
    }
    this.#wake();
  }

  #parse(data: Buffer): LogMessage {
    const message = this.#plugin.parse(data);
    // Values stay the text they are: the driver would make numbers and times of them.
    if (message.tag === 'relation')
      for (const column of message.columns) column.parser = (raw: unknown) => raw;
    return message;
  }

  #keepAlive(chunk: Buffer): void {
    this.#received = chunk.readBigUInt64BE(1);
    this.#waiting.push({ tag: 'idle', lsn: printLsn(this.#received) });
    if (chunk[17] === 1) this.#report({});
  }

  #ping(): void {
    this.#report({ answer: true });
    const silent = performance.now() - this.#heardAt > this.#options.silenceMs / DOUBT;
    if (silent && !this.#paused && !this.#asking) void this.#doubt();
  }

  /** A server that looks through a large transaction in which nothing is for us says nothing, for minutes. */
  async #doubt(): Promise<void> {
    const heardAt = this.#heardAt;
    this.#asking = true;
    const limit = AbortSignal.timeout(Math.ceil(this.#options.silenceMs / ANSWERS));
    const busy = await this.#options
      .isBusy(AbortSignal.any([this.#signal, limit]))
      .catch(() => false)
      .finally(() => (this.#asking = false));
    if (busy) this.#heardAt = performance.now();
    else if (this.#heardAt === heardAt)
      this.#fail(new ConnectorError('SOURCE_UNREACHABLE', 'the server has gone silent'));
  }

  /**
   * Says how far we are: what has arrived, and what is safe here, which is left out
   * unless it is new. A server that shuts down waits until what is safe is all there
   * is, or, where nothing is said of that, until everything has arrived.
   *
   * @param about `flushed`: the position of the next byte wanted, which the end of a commit is.
   */
  #report({ flushed = 0n, answer = false }: { flushed?: bigint; answer?: boolean }): void {
    if (this.#failure !== null) return;
    const status = Buffer.alloc(STATUS_LENGTH);
    status.write('r');
    status.writeBigUInt64BE(this.#received, 1);
    for (const place of [9, 17]) status.writeBigUInt64BE(flushed, place);
    const now = BigInt(Math.round(performance.timeOrigin + performance.now() - EPOCH_2000)) * 1_000n;
    status.writeBigInt64BE(now, 25);
    status[33] = answer ? 1 : 0;
    this.#connection.sendCopyFromChunk(status);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }
}

/** What the server says when the slot, or what it stands for, is not there. */
function explain(error: Error): ConnectorError {
  const state = sqlState(error) || ((error as { code?: string }).code ?? '');
  if (state === '55000' || state === '42704' || state === '58P01')
    return new ConnectorError('SOURCE_HISTORY_LOST', 'the slot can no longer be read from', { cause: error });
  return toConnectorError(error, 'read');
}
