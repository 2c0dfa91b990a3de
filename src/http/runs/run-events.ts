import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { AppContext } from '../../app/context.ts';
import { followRuns } from '../../app/runs/follow-runs.ts';
import type { ChangedRun } from '../../app/runs/follow-runs.ts';
import { runSchema } from '../schemas/runs.ts';

const PING_MS = 15_000;
/** Then the client connects again, and is asked again who it is. */
const LONGEST_MS = 15 * 60_000;
/** A run writes its progress many times a second; people see four changes of it. */
const PAUSE_MS = 250;

interface Wanted {
  /** Null: all of them. */
  readonly runId: string | null;
  /** The id of the last event that the client has seen; null: it begins. */
  readonly after: string | null;
}

/** Streams of changes to any number of clients, from one connection that listens to the store. */
export class RunEvents {
  readonly #context: AppContext;
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();
  #listening: Promise<void> | null = null;

  constructor(context: AppContext) {
    this.#context = context;
  }

  /** Sends changes until the client goes away, the stream is old, or the server stops. */
  async stream(reply: FastifyReply, wanted: Wanted): Promise<void> {
    this.#listening ??= this.#listen();
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.#stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // Kept alive, the connection would hold up the stop of the server for a minute after its stream has ended.
      connection: 'close',
    });
    reply.raw.write('retry: 2000\n\n');
    const ping = setInterval(() => reply.raw.write(': still here\n\n'), PING_MS);
    try {
      await this.#send(reply, wanted, signal);
    } catch (error) {
      this.#context.logger.warn('a stream of events broke', { error });
    } finally {
      clearInterval(ping);
      reply.raw.end();
    }
  }

  /** Ends every stream. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#listening;
  }

  async #send(reply: FastifyReply, wanted: Wanted, signal: AbortSignal): Promise<void> {
    let after = wanted.after;
    const seen = new Map<string, string>();
    while (!signal.aborted) {
      const woken = this.#woken(signal);
      const changed = await followRuns(this.#context, { runId: wanted.runId, after });
      for (const { run, at } of changed) {
        after = at;
        if (seen.get(run.id) === at) continue;
        seen.set(run.id, at);
        if (!reply.raw.write(eventOf({ run, at }))) await drained(reply, signal);
      }
      await woken;
      await pause(PAUSE_MS, signal);
    }
  }

  /** Resolves at the next hint, or when the stream ends. Ask before looking, so that no change falls between. */
  async #woken(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  async #listen(): Promise<void> {
    const wake = (): void => [...this.#waiting].forEach((each) => each());
    await this.#context.store.listen(['tributary_runs'], wake, this.#stopping.signal);
  }
}

function eventOf({ run, at }: ChangedRun): string {
  return `event: run\nid: ${at}\ndata: ${JSON.stringify(runSchema.parse(run))}\n\n`;
}

async function drained(reply: FastifyReply, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => resolve();
    reply.raw.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
