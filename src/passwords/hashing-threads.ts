import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { BlockingTask, BlockingWork } from './blocking-work.ts';

/** Long enough to serve a morning's sign-ins with the same threads, short enough to give memory back. */
const IDLE_MS = 30_000;

/**
 * Threads for hashes that block: started when first needed, ended when idle.
 * They never keep a process alive that has nothing else to do.
 *
 * @param most how many at once.
 */
export function startHashingThreads(most: number): BlockingWork & AsyncDisposable {
  const pool = new Piscina<BlockingTask, string>({
    filename: fileURLToPath(new URL('./blocking/worker.mjs', import.meta.url)),
    minThreads: 0,
    maxThreads: most,
    idleTimeout: IDLE_MS,
    // The thread is plain JavaScript: what this process was started with (a loader for TypeScript) is not for it.
    execArgv: [],
  });
  return {
    run: (task) => pool.run(task),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
