import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';

interface Link {
  readonly source: string;
  readonly target: string;
}

const PROGRAMS = ['postgres', 'initdb'];
const READ_AND_EXECUTE = 0o555;

/**
 * Completes the distribution: a package holds no symbolic links, and its
 * install script, which makes them, does not run with `--ignore-scripts`.
 * Repeating it is free.
 */
export async function hydrateDistribution(native: string): Promise<void> {
  for (const { source, target } of await readLinks(native)) {
    const at = path.join(native, '..', target);
    const to = path.relative(path.dirname(target), source);
    await symlink(to, at).catch(ignoreExisting);
  }
  for (const program of PROGRAMS) await makeExecutable(path.join(native, 'bin', program));
}

async function readLinks(native: string): Promise<readonly Link[]> {
  try {
    return JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  } catch (error) {
    // Packages for Windows have no links and no list.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Only when needed: a chmod on a read-only file system fails even if it would change nothing. */
async function makeExecutable(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
  if ((mode & READ_AND_EXECUTE) !== READ_AND_EXECUTE) await chmod(file, mode | READ_AND_EXECUTE);
}
