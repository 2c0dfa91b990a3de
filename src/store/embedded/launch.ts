import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerUser } from './choose-user.ts';
import { HOST } from './connect.ts';
import { embeddedFailure } from './failure.ts';
import { choosePort } from './free-port.ts';
import type { Place } from './place.ts';
import { removeStalePidFile } from './postmaster.ts';
import { awaitReady, type RunningServer } from './await-ready.ts';

/**
 * Another program may take the port between our look and the server's bind, and
 * children of a killed server hold its shared memory until they notice.
 */
const ATTEMPTS = 4;
const RETRY_MS = 300;

export interface Launch {
  readonly place: Place;
  readonly user: ServerUser | null;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts a server and waits until it accepts connections. It outlives us when we
 * are killed: the next start adopts it.
 *
 * @throws AppError `EMBEDDED_SERVER_FAILED` with the end of the server's log.
 */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    await removeStalePidFile(launch.place.data);
    const server = await awaitReady(launch.place.data, await spawnServer(launch));
    if (server !== null) return server;
    await sleep(RETRY_MS);
  }
  const log = await readFile(launch.place.logFile, 'utf8').catch(() => '');
  throw embeddedFailure(
    `The embedded PostgreSQL ended while starting. The end of ${launch.place.logFile}: ${lastLines(log)}`,
    'Mend what it says.',
  );
}

async function spawnServer({ place, user, settings }: Launch): Promise<ChildProcess> {
  const log = await open(place.logFile, 'w', 0o600);
  const fixed = {
    listen_addresses: HOST,
    port: String(await choosePort(place.data)),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
  };
  const options = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  try {
    const child = spawn(path.join(place.native, 'bin', 'postgres'), ['-D', place.data, ...options], {
      ...(user && { uid: user.uid, gid: user.gid }),
      cwd: place.cluster,
      // A group of its own: Ctrl-C in a terminal reaches us alone, and we stop the server in our own time.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-5).join(' | ');
}
