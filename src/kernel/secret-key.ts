import { randomBytes } from 'node:crypto';
import { chown, link, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from './errors.ts';

const KEY_BYTES = 32;
const OTHERS = 0o077;
const FILE = 'secret.key';

/** What an installation seals with, and what else it opens. */
export interface SecretKeys {
  readonly key: Buffer;
  readonly accepted: readonly Buffer[];
  /** Whether the present key is in the data directory, and not configured. */
  readonly inFile: boolean;
}

/**
 * The installation's keys: the configured one, or the first in the data directory's
 * `secret.key`, which is made at the first start. Further lines of that file are
 * accepted as the configured others are.
 *
 * @throws AppError `SECRET_KEY_EXPOSED` when others may read the file, `SECRET_KEY_DAMAGED` when a line of it is no key.
 */
export async function loadSecretKeys(
  configured: Pick<SecretKeys, 'accepted'> & { readonly key: Buffer | null },
  dataDirectory: string,
): Promise<SecretKeys> {
  const { key, accepted } = configured;
  if (key !== null) return { key, accepted, inFile: false };
  const path = join(dataDirectory, FILE);
  const [present, ...others] = (await readKeys(path)) ?? (await makeKey(dataDirectory, path));
  return { key: present, accepted: [...others, ...accepted], inFile: true };
}

/**
 * Puts a new key in front of those in the file, which stay accepted. Processes
 * that run already go on with the key they have.
 *
 * @returns the new key.
 * @throws AppError as {@link loadSecretKeys} does.
 */
export async function changeKeyFile(dataDirectory: string): Promise<Buffer> {
  const path = join(dataDirectory, FILE);
  const keys = (await readKeys(path)) ?? (await makeKey(dataDirectory, path));
  const key = randomBytes(KEY_BYTES);
  await replaceFile(path, [key, ...keys]);
  return key;
}

/** Leaves nothing but the present key in the file. @returns how many were dropped. */
export async function dropOldKeys(dataDirectory: string): Promise<number> {
  const path = join(dataDirectory, FILE);
  const [present, ...others] = (await readKeys(path)) ?? (await makeKey(dataDirectory, path));
  if (others.length > 0) await replaceFile(path, [present]);
  return others.length;
}

type Keys = readonly [Buffer, ...Buffer[]];

async function readKeys(path: string): Promise<Keys | null> {
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
    const lines = (await file.readFile('utf8')).split('\n').map((line) => line.trim());
    const keys = lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'base64'));
    const [present, ...others] = keys;
    if (present === undefined || keys.some(({ length }) => length !== KEY_BYTES)) throw damaged(path);
    return [present, ...others];
  } finally {
    await file.close();
  }
}

/** A file beside the one at `path`, that nobody else may read and that has reached the disk. @returns where it is. */
async function writeDraft(path: string, keys: readonly Buffer[]): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(keys.map((key) => `${key.toString('base64')}\n`).join(''));
    await file.sync();
    return draft;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Whole or not at all. The file stays with its owner, whoever runs the command. */
async function replaceFile(path: string, keys: readonly Buffer[]): Promise<void> {
  const { uid, gid } = await stat(path);
  const draft = await writeDraft(path, keys);
  try {
    await chown(draft, uid, gid);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A link appears whole or not at all: two first starts at once agree on one key. */
async function makeKey(directory: string, path: string): Promise<Keys> {
  await mkdir(directory, { recursive: true });
  const draft = await writeDraft(path, [randomBytes(KEY_BYTES)]);
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const keys = await readKeys(path);
  if (keys === null) throw damaged(path);
  return keys;
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
    message: `The key file ${path} does not hold ${KEY_BYTES} bytes in base64 on each line.`,
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
