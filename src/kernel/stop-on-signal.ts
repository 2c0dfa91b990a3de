import type { Logger } from '../../connectors/contract/tools.ts';
import type { Lifecycle } from './lifecycle.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof SIGNALS)[number];

export interface Signals {
  /** The process. */
  readonly from: { on(signal: Signal, listener: (signal: Signal) => void): unknown };
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  readonly logger: Logger;
  /** How long the stop may take. Service supervisors kill after 30 s by default. */
  readonly limitMs?: number;
  /** Milliseconds that never go back; tests own them. */
  readonly now?: () => number;
}

const LIMIT_MS = 30_000;
/** npm passes on the Ctrl-C that a terminal has sent to every process already: that is one, not two. */
const SAME_MS = 500;

/**
 * Stops the lifecycle at the first SIGTERM or SIGINT, within a limit; a second
 * one ends the process at once.
 *
 * @returns the exit code once everything has been released: 0, or 1 when something could not be.
 */
export async function stopOnSignal(lifecycle: Lifecycle, signals: Signals): Promise<number> {
  const { promise, resolve } = deferred<number>();
  const clock = signals.now ?? (() => performance.now());
  let first: number | null = null;
  const onSignal = (signal: Signal): void => {
    const now = clock();
    if (first === null) {
      first = now;
      void stopWithin(lifecycle, { signal, ...signals }).then(resolve);
    } else if (now - first > SAME_MS) {
      signals.logger.warn('stopped at once by a second signal', { signal });
      signals.exit(1);
    }
  };
  for (const signal of SIGNALS) signals.from.on(signal, onSignal);
  return await promise;
}

async function stopWithin(
  lifecycle: Lifecycle,
  about: Signals & { readonly signal: string },
): Promise<number> {
  const limit = about.limitMs ?? LIMIT_MS;
  about.logger.info('stopping', { signal: about.signal });
  const timer = setTimeout(() => {
    about.logger.error('stopping took too long', { limit_ms: limit });
    about.exit(1);
  }, limit);
  try {
    await lifecycle.stop();
    about.logger.info('stopped');
    return 0;
  } catch {
    return 1;
  } finally {
    clearTimeout(timer);
  }
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
