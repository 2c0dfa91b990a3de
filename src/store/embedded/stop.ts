import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedFailure } from './failure.ts';
import { isRunning } from './process-identity.ts';

const POLL_MS = 20;
/** A fast shutdown rolls back and writes a checkpoint; a slow disk may need seconds. */
const FAST_MS = 30_000;
const IMMEDIATE_MS = 10_000;

/** Stops a server, ours or adopted, and waits until its process is gone: fast first, then without a checkpoint. */
export async function stopServer(pid: number): Promise<void> {
  if (await signalAndWait(pid, 'SIGINT', FAST_MS)) return;
  if (await signalAndWait(pid, 'SIGQUIT', IMMEDIATE_MS)) return;
  throw embeddedFailure(
    `The embedded PostgreSQL (process ${String(pid)}) does not stop.`,
    'Stop it by hand.',
  );
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, limit: number): Promise<boolean> {
  if (!isRunning(pid)) return true;
  process.kill(pid, signal);
  for (let waited = 0; waited < limit; waited += POLL_MS) {
    if (!isRunning(pid)) return true;
    await sleep(POLL_MS);
  }
  return false;
}
