import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedFailure } from './failure.ts';
import { findPostmaster } from './postmaster.ts';

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

const POLL_MS = 20;
/** After a crash the server first replays its log, which may take a while. */
const LIMIT_MS = 120_000;

/**
 * Waits until the server on `data` says that it accepts connections.
 *
 * @param child the process that was started for it; null to wait for a server that somebody else started.
 * @returns null when that process, or the server found, ended first.
 */
export async function awaitReady(data: string, child: ChildProcess | null): Promise<RunningServer | null> {
  const failures: Error[] = [];
  child?.once('error', (error) => failures.push(error));
  for (let waited = 0; waited < LIMIT_MS; waited += POLL_MS) {
    if (failures.length > 0)
      throw embeddedFailure('postgres cannot be started.', 'See the cause.', failures[0]);
    if (child !== null && hasEnded(child)) return null;
    const found = await findPostmaster(data);
    if (found === null && child === null) return null;
    if (found?.ready === true && found.port !== null) return { pid: found.pid, port: found.port };
    await sleep(POLL_MS);
  }
  throw embeddedFailure(
    `The embedded PostgreSQL on ${data} is not ready after ${String(LIMIT_MS / 1000)} s.`,
    'Look at server.log beside it.',
  );
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
