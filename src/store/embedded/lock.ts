import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
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
    const owner = parseOwner(text);
    if (owner !== null && (await identifyProcess(owner.pid)) === owner.identity)
      throw inUse(directory, owner.pid);
    await removeStale(file, text);
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

/** Two processes may find the same stale lock: what was moved away is put back if it is not what was read. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
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
