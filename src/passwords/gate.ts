import { AppError } from '../kernel/errors.ts';

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (reason: AppError) => void;
}

function busy(): AppError {
  return new AppError({
    kind: 'busy',
    code: 'HASHING_BUSY',
    message: 'Too many people are signing in at this moment.',
    remedy: 'Try again in a few seconds.',
  });
}

function stopped(): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'HASHING_STOPPED',
    message: 'Passwords are not checked any more: the process is stopping.',
    remedy: 'Try again in a few seconds.',
  });
}

/** Lets so many through at once, in the order they came; so many more may wait. */
export class Gate {
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #waiting: Waiting[] = [];
  readonly #leaving = new Set<() => void>();
  #inside = 0;
  #closed = false;

  constructor(atOnce: number, mayWait: number) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /** @throws AppError `HASHING_BUSY` when as many wait as may, `HASHING_STOPPED` once closed. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Refuses those who wait, and resolves when nobody is inside any more. Repeating it is harmless. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(stopped());
    if (this.#inside > 0) await new Promise<void>((resolve) => this.#leaving.add(resolve));
  }

  async #enter(): Promise<void> {
    if (this.#closed) throw stopped();
    if (this.#inside < this.#atOnce) {
      this.#inside += 1;
      return;
    }
    if (this.#waiting.length >= this.#mayWait) throw busy();
    await new Promise<void>((enter, refuse) => this.#waiting.push({ enter, refuse }));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    // Who waits takes the place over: nobody who comes later can slip in between.
    if (next) {
      next.enter();
      return;
    }
    this.#inside -= 1;
    if (this.#inside === 0) for (const resolve of this.#leaving) resolve();
  }
}
