import { setTimeout as sleep } from 'node:timers/promises';
import { claimEffects, type OutboxKind } from '../src/app/outbox/claim-effects.ts';
import type { AppContext } from '../src/app/context.ts';
import { jobFor, KINDS, type JobQueue } from './queues.ts';

/** Nothing depends on being woken: what a lost hint would have told is found after so long. */
const SWEEP_MS = 5_000;

export interface Relay {
  /** There may be something to relay. Cheap, and any number of calls make one pass. */
  readonly wake: () => void;
  /** Resolves when the signal has aborted and the last pass has ended. */
  readonly ended: Promise<void>;
}

/**
 * Hands rows of the outbox to the queues: when the store says that there are new
 * ones, when a queue has run empty, and on a plain timer. A row that could not
 * be enqueued stays and is relayed again.
 */
export function startRelay(
  context: AppContext,
  queues: Readonly<Record<OutboxKind, JobQueue>>,
  signal: AbortSignal,
): Relay {
  const bell = new Bell();
  const wake = (): void => bell.ring();
  const listening = context.store.listen(['tributary_outbox'], wake, signal);
  const relaying = (async () => {
    while (!signal.aborted) {
      await relayAll(context, queues, signal);
      await bell.wait(SWEEP_MS, signal);
    }
  })();
  return { wake, ended: Promise.all([listening, relaying]).then(() => undefined) };
}

async function relayAll(
  context: AppContext,
  queues: Readonly<Record<OutboxKind, JobQueue>>,
  signal: AbortSignal,
): Promise<void> {
  for (const kind of KINDS) {
    if (signal.aborted) return;
    try {
      await relayKind(context, kind, queues[kind]);
    } catch (error) {
      context.logger.warn('work could not be handed to its queue; it stays in the outbox', { kind, error });
    }
  }
}

async function relayKind(context: AppContext, kind: OutboxKind, queue: JobQueue): Promise<void> {
  const effects = await claimEffects(context, kind);
  if (effects.length > 0) await queue.addBulk(effects.map(jobFor));
}

/** Remembers that it rang while nobody was waiting. */
class Bell {
  #rang = false;
  #waiting: AbortController | null = null;

  ring(): void {
    this.#rang = true;
    this.#waiting?.abort();
  }

  /** Returns when it has rung, when the time is over, or when the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rang) {
      this.#waiting = new AbortController();
      await sleep(ms, undefined, { signal: AbortSignal.any([signal, this.#waiting.signal]) }).catch(
        () => undefined,
      );
      this.#waiting = null;
    }
    this.#rang = false;
  }
}
