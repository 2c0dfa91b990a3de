import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The field of /proc/PID/stat that holds the start time, counted after the command's closing parenthesis. */
const START_TIME = 19;

/**
 * Tells one life of a process id from the next: process ids are reused, and in a
 * container the first process always has the same one.
 *
 * @returns null when no such process runs.
 */
export async function identifyProcess(pid: number): Promise<string | null> {
  if (!isRunning(pid)) return null;
  if (process.platform !== 'linux') return await startedAt(pid);
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()}/${fields[START_TIME] ?? ''}`;
  } catch {
    return null;
  }
}

/** Signal 0 asks without sending; EPERM means that it runs and is somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a running process; null when it cannot be told. */
export async function readCommand(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return await readFile(`/proc/${String(pid)}/cmdline`, 'utf8');
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return null;
  }
}

async function startedAt(pid: number): Promise<string> {
  try {
    return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim();
  } catch {
    // Without ps only the number is known; then a reused number counts as the same process.
    return 'unknown';
  }
}
