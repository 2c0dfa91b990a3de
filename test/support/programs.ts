import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Debian package that holds a program, where its name is another. */
const PACKAGES: Readonly<Record<string, string>> = {
  mariadbd: 'mariadb-server',
  'django-admin': 'python3-django',
};

/**
 * The path of a program that a test needs. When it is missing and we are root on
 * Debian its package is installed; otherwise the error says what to run. A test
 * is never skipped for want of it.
 *
 * @param packages Debian packages; by default one named like the program.
 */
export async function requireProgram(
  name: string,
  packages: readonly string[] = [PACKAGES[name] ?? name],
): Promise<string> {
  const found = await findProgram(name);
  if (found !== null) return found;
  const command = `apt-get update && apt-get install -y ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === null)
    throw new Error(`this test needs ${name}: run  sudo sh -c '${command}'`);
  await withLock(async () => {
    if ((await findProgram(name)) === null) await install(packages);
  });
  const installed = await findProgram(name);
  if (installed === null) throw new Error(`${name} is still missing after: ${command}`);
  return installed;
}

const POSTGRES = '/usr/lib/postgresql';

/** The same for the folder of the programs of Debian's own PostgreSQL, in the newest version that is there. */
export async function requirePostgres(): Promise<string> {
  if ((await postgresVersions()).length === 0) await requirePackages(['postgresql']);
  const [version] = await postgresVersions();
  if (version === undefined) throw new Error(`there is no server in ${POSTGRES} after installing postgresql`);
  return path.join(POSTGRES, version, 'bin');
}

async function postgresVersions(): Promise<readonly string[]> {
  const versions = await readdir(POSTGRES).catch((): string[] => []);
  const servers = await Promise.all(
    versions.map((version) => stat(path.join(POSTGRES, version, 'bin', 'initdb')).catch(() => null)),
  );
  return versions.filter((_, at) => servers[at]?.isFile() === true).toSorted((a, b) => Number(b) - Number(a));
}

/** The same for Debian packages that are asked for by name: Python's modules bring no program. */
export async function requirePackages(packages: readonly string[]): Promise<void> {
  if ((await missingOf(packages)).length === 0) return;
  const command = `apt-get update && apt-get install -y ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === null)
    throw new Error(`this test needs Debian packages: run  sudo sh -c '${command}'`);
  await withLock(async () => {
    const missing = await missingOf(packages);
    if (missing.length > 0) await install(missing);
  });
}

async function missingOf(packages: readonly string[]): Promise<readonly string[]> {
  const present = await Promise.all(
    packages.map((name) =>
      run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]).then(
        ({ stdout }) => stdout === 'installed',
        () => false,
      ),
    ),
  );
  return packages.filter((_, i) => present[i] !== true);
}

export async function findProgram(name: string): Promise<string | null> {
  const folders = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/lib/postgresql/bin`;
  for (const folder of folders.split(':').filter((part) => part !== '')) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true && (found.mode & 0o111) !== 0) return file;
  }
  return null;
}

async function install(packages: readonly string[]): Promise<void> {
  // policy-rc.d is what keeps Debian from starting services on install; RUNLEVEL=1 does the same for one command.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
}

const LOCK = path.join(tmpdir(), 'tributary-test-apt.lock');
const POLL_MS = 250;
/** Longer than any install takes: a lock this old was left by a killed test. */
const STALE_MS = 10 * 60_000;

/** Parallel workers must not run apt-get at the same time: a folder can be made only once. */
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  while (!(await tryLock())) await sleep(POLL_MS);
  try {
    return await work();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

async function tryLock(): Promise<boolean> {
  try {
    await mkdir(LOCK);
    return true;
  } catch {
    const made = await stat(LOCK).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > STALE_MS)
      await rm(LOCK, { recursive: true, force: true });
    return false;
  }
}
