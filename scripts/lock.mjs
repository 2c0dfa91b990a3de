import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
/** An owner writes its process id right after making the directory; one without it for so long was killed in between. */
const UNOWNED_POLLS = 10;

/** Runs `work` while no other process does, on this machine; takes over from an owner that no longer runs. */
export async function withLock(directory, work) {
  let unowned = 0;
  while (!claim(directory)) {
    const owner = readOwner(directory);
    unowned = owner === null ? unowned + 1 : 0;
    if (unowned > UNOWNED_POLLS || (owner !== null && !isRunning(owner)))
      rmSync(directory, { recursive: true, force: true });
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function claim(directory) {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(directory, 'pid'), String(process.pid));
  return true;
}

function readOwner(directory) {
  try {
    return Number(readFileSync(join(directory, 'pid'), 'utf8')) || null;
  } catch {
    return null;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
