import type { Logger } from '../../connectors/contract/tools.ts';
import { AppError, asError } from './errors.ts';

interface Part {
  readonly name: string;
  readonly release: () => unknown;
}

/**
 * Holds what a process has acquired and releases it in reverse.
 *
 * A stop that comes while something is being acquired waits for it and releases
 * it too, so that nothing is left running.
 */
export class Lifecycle implements AsyncDisposable {
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #parts: Part[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #stopped: Promise<void> | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Aborted as soon as the stop begins: new work is not to be taken on. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** @throws AppError `STOPPING` once the stop has begun, also when `acquire` succeeded meanwhile. */
  async acquire<T>(name: string, acquire: () => T | Promise<T>, release: (thing: T) => unknown): Promise<T> {
    this.signal.throwIfAborted();
    const work = (async () => {
      const thing = await acquire();
      this.#parts.push({ name, release: () => release(thing) });
      return thing;
    })();
    this.#underWay.add(work);
    try {
      const thing = await work;
      this.signal.throwIfAborted();
      return thing;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Acquires something that knows how to dispose of itself. */
  async use<T extends AsyncDisposable>(name: string, acquire: () => T | Promise<T>): Promise<T> {
    return await this.acquire(name, acquire, (thing) => thing[Symbol.asyncDispose]());
  }

  /**
   * Releases everything, the latest first. A part that fails does not keep the
   * others from being released; the first failure is thrown at the end. Calling
   * again waits for the same stop.
   */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    await this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort(stopping());
    await Promise.allSettled(this.#underWay);
    const failures: Error[] = [];
    for (const part of this.#parts.toReversed()) {
      try {
        await part.release();
        this.#logger.debug('released', { part: part.name });
      } catch (thrown) {
        failures.push(asError(thrown));
        this.#logger.error('a part could not be released', { part: part.name, error: thrown });
      }
    }
    if (failures[0] !== undefined) throw failures[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

function stopping(): AppError {
  return new AppError({ kind: 'unavailable', code: 'STOPPING', message: 'Tributary is stopping.' });
}
