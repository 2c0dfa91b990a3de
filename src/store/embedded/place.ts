import { randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../../connectors/contract/tools.ts';
import type { ServerUser } from './choose-user.ts';
import { embeddedFailure } from './failure.ts';
import { hydrateDistribution } from './hydrate.ts';
import { locateDistribution } from './platform.ts';
import { isReachable } from './reachable.ts';

/** Where the parts of one embedded server are. */
export interface Place {
  readonly native: string;
  /** Belongs to the server's account; holds nothing but {@link data}. */
  readonly cluster: string;
  /** PostgreSQL's own data directory; made by initdb. */
  readonly data: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** Used only when we are root and the server's account cannot enter the folder it was given. */
const SHARED_DATA = '/var/lib/tributary';
const SHARED_BINARIES = '/var/cache/tributary';

/** @throws AppError `EMBEDDED_SERVER_FAILED` when nothing that the server's account can reach is writable. */
export async function placeServer(
  directory: string,
  user: ServerUser | null,
  logger: Logger,
): Promise<Place> {
  const native = await placeBinaries(user);
  const home = await placeData(directory, user, logger);
  await makeCluster(path.join(home, 'cluster'), user);
  return {
    native,
    cluster: path.join(home, 'cluster'),
    data: path.join(home, 'cluster', 'data'),
    passwordFile: path.join(home, 'password'),
    logFile: path.join(home, 'server.log'),
  };
}

async function placeBinaries(user: ServerUser | null): Promise<string> {
  const { native, version } = await locateDistribution();
  await hydrateDistribution(native);
  if (user === null || (await isReachable(path.join(native, 'bin'), user))) return native;
  const copy = path.join(SHARED_BINARIES, `postgresql-${version}`);
  if (await exists(path.join(copy, 'bin'))) return copy;
  await orRefuse(user, async () => {
    const unfinished = `${copy}.${randomBytes(6).toString('hex')}`;
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(SHARED_BINARIES, unfinished);
    // Another process may have been faster: its copy is as good as ours.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  });
  return copy;
}

async function placeData(directory: string, user: ServerUser | null, logger: Logger): Promise<string> {
  if (user === null) return directory;
  const pointer = path.join(directory, 'location');
  const elsewhere = await readFile(pointer, 'utf8').catch(() => null);
  if (elsewhere !== null && (await exists(elsewhere.trim()))) return elsewhere.trim();
  if (await isReachable(directory, user)) return directory;
  return await orRefuse(user, async () => {
    // A random name: a folder that was removed and made again must not find the old one's data.
    const home = path.join(SHARED_DATA, randomBytes(8).toString('hex'));
    await mkdir(home, { recursive: true });
    await openToAll(SHARED_DATA, home);
    await writeFile(pointer, `${home}\n`);
    logger.warn('the account that runs PostgreSQL cannot enter the data folder; its files are elsewhere', {
      directory,
      account: user.name,
      location: home,
    });
    return home;
  });
}

async function makeCluster(cluster: string, user: ServerUser | null): Promise<void> {
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (user !== null) await chown(cluster, user.uid, user.gid);
}

async function openToAll(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) await chmod(folder, 0o755);
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}

async function orRefuse<T>(user: ServerUser, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (cause) {
    throw embeddedFailure(
      `PostgreSQL runs as ${user.name} here, which can reach neither its binaries nor its data where they are.`,
      'Put Tributary and its data folder (TRIBUTARY_DATA_DIR) where every account may enter, for example under /srv.',
      cause,
    );
  }
}
