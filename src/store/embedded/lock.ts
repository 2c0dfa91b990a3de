import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/errors.ts';
import { identifyProcess } from './process-identity.ts';

interface Owner {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Takes the folder for this process. A lock whose owner no longer runs is taken
 * over. Disposing gives it back.
 *
 * @throws AppError `EMBEDDED_DIRECTORY_IN_USE` when another process has it, or this one already does.
 */
export async function lockDirectory(directory: string): Promise<AsyncDisposable> {
  const file = path.join(directory, 'owner.lock');
  const mine: Owner = { pid: process.pid, identity: (await identifyProcess(process.pid)) ?? '' };
  while (!(await claim(file, mine))) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) continue;
    const owner = await runningOwner(text);
    if (owner !== null) throw inUse(directory, owner.pid);
    await removeStale({ file, text }, mine);
  }
  return { [Symbol.asyncDispose]: async () => await rm(file, { force: true }) };
}

/** A link appears whole or not at all, so that nobody reads a lock that is half written. */
async function claim(file: string, owner: Owner): Promise<boolean> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

interface StaleLock {
  readonly file: string;
  /** What it held. Its owner is dead, so that nobody writes the same again. */
  readonly text: string;
}

/**
 * Several may find the same stale lock, and the fastest may have put its own in
 * its place: whoever removes it holds a lock that is named for what the stale one
 * held, and looks once more. Returns without having done anything while another
 * is at it; one who died over it is removed in the same way.
 */
async function removeStale({ file, text }: StaleLock, mine: Owner): Promise<void> {
  const removing = `${file}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  if (!(await claim(removing, mine))) {
    const other = await readFile(removing, 'utf8').catch(() => null);
    if (other !== null && (await runningOwner(other)) === null)
      await removeStale({ file: removing, text: other }, mine);
    return;
  }
  try {
    if ((await readFile(file, 'utf8').catch(() => null)) === text) await rm(file, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

/** Null when the process is gone, or its number belongs to another one now. */
async function runningOwner(text: string): Promise<Owner | null> {
  const owner = parseOwner(text);
  return owner !== null && (await identifyProcess(owner.pid)) === owner.identity ? owner : null;
}

function parseOwner(text: string): Owner | null {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== 'object' || owner === null) return null;
    if (!('pid' in owner) || !('identity' in owner)) return null;
    if (typeof owner.pid !== 'number' || typeof owner.identity !== 'string') return null;
    return { pid: owner.pid, identity: owner.identity };
  } catch {
    return null;
  }
}

function inUse(directory: string, pid: number): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'EMBEDDED_DIRECTORY_IN_USE',
    message: `The folder ${directory} is in use by another Tributary (process ${String(pid)}).`,
    remedy: 'Stop that process first, or choose another folder with TRIBUTARY_DATA_DIR.',
  });
}
