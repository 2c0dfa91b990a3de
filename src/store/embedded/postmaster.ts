import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, readCommand } from './process-identity.ts';

/** The server that a data directory says is running on it. */
export interface Postmaster {
  readonly pid: number;
  /** Null while it is starting. */
  readonly port: number | null;
  /** Whether it accepts connections, by its own account. */
  readonly ready: boolean;
}

/** Lines of postmaster.pid, counted from zero. */
const PID = 0;
const PORT = 3;
const STATUS = 7;

/** @returns null when no server runs on this directory; a file left by one that died is ignored. */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[PID]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isServerOf(pid, data))) return null;
  const port = Number(lines[PORT] ?? '');
  return { pid, port: port > 0 ? port : null, ready: lines[STATUS] === 'ready' };
}

/** Removes the file a dead server left. PostgreSQL refuses to start when the number in it now belongs to another process. */
export async function removeStalePidFile(data: string): Promise<void> {
  if ((await findPostmaster(data)) === null) await rm(path.join(data, 'postmaster.pid'), { force: true });
}

/** The number alone proves nothing: after a crash or a reboot it may be anyone's. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const command = await readCommand(pid);
  return command === null || command.includes(data);
}
