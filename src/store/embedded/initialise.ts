import { spawn } from 'node:child_process';
import { chown, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { ServerUser } from './choose-user.ts';
import { SUPERUSER } from './connect.ts';
import { embeddedFailure } from './failure.ts';
import type { Place } from './place.ts';

/** Makes the data directory unless it exists. Stopped half-way, the next start begins again. */
export async function initialiseCluster(
  place: Place,
  password: Secret,
  user: ServerUser | null,
): Promise<void> {
  if (await exists(place.data)) return;
  const unfinished = `${place.data}.new`;
  const passwordFile = path.join(place.cluster, 'initial-password');
  await rm(unfinished, { recursive: true, force: true });
  try {
    await writeFile(passwordFile, `${password.reveal()}\n`, { mode: 0o600 });
    if (user !== null) await chown(passwordFile, user.uid, user.gid);
    await runInitdb(place, ['--pgdata', unfinished, '--pwfile', passwordFile], user);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.data);
}

async function runInitdb(place: Place, where: readonly string[], user: ServerUser | null): Promise<void> {
  const child = spawn(
    path.join(place.native, 'bin', 'initdb'),
    [
      ...where,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own Unicode rules: the same order and case folding on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // The first checkpoint after start makes it durable; waiting here only costs the newcomer time.
      '--no-sync',
    ],
    {
      ...(user && { uid: user.uid, gid: user.gid }),
      cwd: place.cluster,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'unknown'));
  }).catch((cause: unknown) => {
    throw embeddedFailure('initdb cannot be started.', 'See the cause.', cause);
  });
  if (code !== 0)
    throw embeddedFailure(`initdb ended with ${String(code)}: ${said.trim()}`, 'Mend what it says.');
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}
