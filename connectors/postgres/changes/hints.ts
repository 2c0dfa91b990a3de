import type pg from 'pg';
import type { Patience } from '../../contract/patience.ts';
import { ConnectorError } from '../../contract/errors.ts';
import { within } from '../../contract/deadline.ts';
import { toConnectorError } from '../failures.ts';
import { quote } from '../identifiers.ts';
import { hangUp } from './hang-up.ts';

/** pg does not notice a peer that is gone: it is asked twice within the silence it is allowed, and has a third of it to answer. */
const PROBES = 2;
const ANSWERS = 3;
/** More keys than this are not worth remembering one by one. */
const MAX_KEYS = 1_000;

/** What was heard since the last time. */
export interface Hints {
  readonly truncated: boolean;
  /** More changed than was named: only a poll tells what. */
  readonly many: boolean;
  readonly keys: readonly (readonly string[])[];
}

/** Listens on a connection of its own. Whatever is heard only says where to look. */
export class HintListener implements AsyncDisposable {
  readonly #client: pg.Client;
  readonly #signal: AbortSignal;
  readonly #answerMs: number;
  #truncated = false;
  #many = false;
  #keys = new Map<string, readonly string[]>();
  #failure: Error | null = null;
  #wake: () => void = () => undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#wake();

  private constructor(client: pg.Client, { silenceMs }: Patience, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
    this.#answerMs = silenceMs / ANSWERS;
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    client.on('end', () => this.#fail(new ConnectorError('SOURCE_UNREACHABLE', 'the connection broke')));
    client.on('error', (error) => this.#fail(error));
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = setInterval(() => void this.#probe(), silenceMs / PROBES);
  }

  /** Takes over the connection, also when it fails. */
  static async open(
    client: pg.Client,
    on: { readonly channel: string; readonly patience: Patience },
    signal: AbortSignal,
  ): Promise<HintListener> {
    const listener = new HintListener(client, on.patience, signal);
    try {
      await listener.#ask(`LISTEN ${quote(on.channel)}`);
      return listener;
    } catch (error) {
      await listener[Symbol.asyncDispose]();
      signal.throwIfAborted();
      throw toConnectorError(error, 'read');
    }
  }

  /** @returns null when nothing was heard for `ms`. @throws when the connection broke, and the signal's reason. */
  async next(ms: number): Promise<Hints | null> {
    const over = performance.now() + ms;
    // A timer may ring a moment early by the other clock.
    const timer = setTimeout(() => this.#wake(), Math.ceil(ms) + 1);
    try {
      for (;;) {
        this.#signal.throwIfAborted();
        if (this.#failure !== null) throw toConnectorError(this.#failure, 'read');
        if (this.#truncated || this.#many || this.#keys.size > 0) return this.#take();
        if (performance.now() >= over) return null;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#failure ??= new Error('the listener was closed');
    await hangUp(this.#client);
  }

  #take(): Hints {
    const heard = { truncated: this.#truncated, many: this.#many, keys: [...this.#keys.values()] };
    this.#truncated = false;
    this.#many = false;
    this.#keys = new Map();
    return heard;
  }

  #hear(payload: string): void {
    const keys = payload === 'truncate' ? [] : parseKeys(payload);
    if (payload === 'truncate') this.#truncated = true;
    else if (keys === null || this.#keys.size + keys.length > MAX_KEYS) this.#many = true;
    else for (const key of keys) this.#keys.set(JSON.stringify(key), key);
    this.#wake();
  }

  async #ask(sql: string): Promise<void> {
    await within(this.#client.query(sql), this.#signal, { ms: this.#answerMs, late: silent });
  }

  async #probe(): Promise<void> {
    try {
      await this.#ask('SELECT 1');
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }
}

/** Anybody may notify on a channel: what is no list of keys means that something changed. */
function parseKeys(payload: string): readonly (readonly string[])[] | null {
  try {
    const keys: unknown = JSON.parse(payload);
    const whole = Array.isArray(keys) && keys.every((key) => Array.isArray(key) && key.every(isText));
    return whole ? (keys as string[][]) : null;
  } catch {
    return null;
  }
}

function isText(part: unknown): boolean {
  return typeof part === 'string';
}

function silent(): ConnectorError {
  return new ConnectorError('SOURCE_UNREACHABLE', 'the server has gone silent');
}
