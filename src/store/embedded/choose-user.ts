import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { embeddedFailure } from './failure.ts';

/** The operating-system account that the server runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root. When we are root it runs as `postgres`
 * where that account exists, else as `nobody`; no account is ever created.
 *
 * @returns null when the server can run as whoever we are.
 */
export async function chooseUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const user = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (user !== null) return user;
  throw embeddedFailure(
    'PostgreSQL does not run as root, and there is neither an account postgres nor an account nobody.',
    'Start Tributary as another user than root.',
  );
}

async function lookUp(name: string): Promise<ServerUser | null> {
  try {
    const uid = await run('id', ['-u', name]);
    const gid = await run('id', ['-g', name]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
