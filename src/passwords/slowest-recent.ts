const HALF_LIFE_MS = 10 * 60_000;

/**
 * How long the slowest verification of late took: half of it is forgotten every
 * ten minutes, so that one slow moment does not hold everybody up for a day.
 */
export class SlowestRecent {
  readonly #clock: () => number;
  #slowest = 0;
  #at = 0;

  /** @param clock milliseconds that never go back. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  note(ms: number): void {
    if (ms < this.value()) return;
    this.#slowest = ms;
    this.#at = this.#clock();
  }

  /** In milliseconds; 0 before the first. */
  value(): number {
    return this.#slowest * 2 ** (-(this.#clock() - this.#at) / HALF_LIFE_MS);
  }

  /** Runs `work` and notes how long it took, waiting for its turn included. */
  async measure<T>(work: () => Promise<T>): Promise<T> {
    const started = this.#clock();
    try {
      return await work();
    } finally {
      this.note(this.#clock() - started);
    }
  }
}
