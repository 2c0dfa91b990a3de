import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { RunSession } from './run-session.ts';

/** Waits before asking a source again that failed in mid-run, in milliseconds; after the last the run fails. */
const WAITS_MS = [1_000, 5_000, 15_000, 30_000] as const;

/**
 * Reads from the source, again when it fails with advice to retry: a run of an
 * hour does not start over because the network blinked. A source that failed
 * before it ever answered in this run is not asked again: then the settings are
 * wrong more often than the network.
 */
export class SourceReader {
  readonly #session: RunSession;
  #answered: boolean;

  constructor(session: RunSession) {
    this.#session = session;
    this.#answered = session.run.position !== null;
  }

  async ask<T>(question: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await question();
        this.#answered = true;
        return answer;
      } catch (error) {
        const wait = this.#waitFor(error, attempt);
        if (wait === null) throw error;
        this.#session.logger.warn('the source failed in mid-run; asking again', { waitMs: wait, error });
        await sleep(wait, undefined, { signal: this.#session.signal });
      }
    }
  }

  #waitFor(error: unknown, attempt: number): number | null {
    if (!this.#answered || !(error instanceof ConnectorError)) return null;
    return error.advice.action === 'retry' ? (WAITS_MS[attempt] ?? null) : null;
  }
}
