import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from './errors.ts';

const KEY_BYTES = 32;
const OTHERS = 0o077;
const FILE = 'secret.key';

/**
 * The installation's key: the configured one, or the one in the data directory's
 * `secret.key`, which is made at the first start.
 *
 * @throws AppError `SECRET_KEY_EXPOSED` when others may read the file, `SECRET_KEY_DAMAGED` when it holds no key.
 */
export async function loadSecretKey(configured: Buffer | null, dataDirectory: string): Promise<Buffer> {
  if (configured !== null) return configured;
  const path = join(dataDirectory, FILE);
  return (await readKey(path)) ?? (await makeKey(dataDirectory, path));
}

async function readKey(path: string): Promise<Buffer | null> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(path, cause);
  }
  try {
    // Asked of the open file, so that what was checked is what is read.
    if (((await file.stat()).mode & OTHERS) !== 0) throw exposed(path);
    const key = Buffer.from((await file.readFile('utf8')).trim(), 'base64');
    if (key.length !== KEY_BYTES) throw damaged(path);
    return key;
  } finally {
    await file.close();
  }
}

/** A link appears whole or not at all: two first starts at once agree on one key. */
async function makeKey(directory: string, path: string): Promise<Buffer> {
  await mkdir(directory, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  const key = await readKey(path);
  if (key === null) throw damaged(path);
  return key;
}

function exposed(path: string): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'SECRET_KEY_EXPOSED',
    message: `Others than its owner may read the key file ${path}.`,
    remedy: `Run: chmod 600 ${path}`,
  });
}

function damaged(path: string): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'SECRET_KEY_DAMAGED',
    message: `The key file ${path} does not hold ${KEY_BYTES} bytes in base64.`,
    remedy: 'Restore it from a backup: without it what was sealed with it cannot be read.',
  });
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'SECRET_KEY_UNREADABLE',
    message: `The key file ${path} cannot be read.`,
    remedy: 'Run as the account that owns the file, or set TRIBUTARY_SECRET_KEY.',
    cause,
  });
}
