import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyBatch, KeyFeed } from '../key-feed.ts';

/** `late`: nothing came in the time given. `ended`: the stream has ended. */
export type Next = KeyBatch | 'late' | 'ended';

/** Reads a stream batch by batch, without waiting longer than one wants to. Disposing ends the reading. */
export class BatchReader implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #batches: AsyncIterator<KeyBatch>;
  #pending: Promise<IteratorResult<KeyBatch>> | null = null;

  constructor(feed: KeyFeed, from: string, signal: AbortSignal) {
    const reading = AbortSignal.any([signal, this.#stop.signal]);
    this.#batches = feed.read(from, reading)[Symbol.asyncIterator]();
  }

  /** @param ms null: as long as it takes. */
  async next(ms: number | null): Promise<Next> {
    this.#pending ??= this.#batches.next();
    const result = ms === null ? await this.#pending : await within(this.#pending, ms);
    if (result === 'late') return 'late';
    this.#pending = null;
    return result.done === true ? 'ended' : result.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    // A batch under way ends with the reason of the abort, which says nothing here.
    await this.#pending?.catch(() => undefined);
    await this.#batches.return?.().catch(() => undefined);
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  const over = new AbortController();
  const late = sleep(Math.max(ms, 0), 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}
