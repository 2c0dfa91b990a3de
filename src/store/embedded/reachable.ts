import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ServerUser } from './choose-user.ts';

const EXECUTE = 0o1;

/** Whether the user can enter the folder and every folder above it, by their modes. */
export async function isReachable(folder: string, user: ServerUser): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (!(await canEnter(at, user))) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function canEnter(folder: string, user: ServerUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  let shift = 0;
  if (uid === user.uid) shift = 6;
  else if (gid === user.gid) shift = 3;
  return ((mode >> shift) & EXECUTE) !== 0;
}
