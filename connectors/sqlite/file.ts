import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { ConnectorError } from '../contract/errors.ts';
import type { Encoding } from './text.ts';

/** A database file as it is at this moment. */
export interface DatabaseFile {
  /** Without links. */
  readonly path: string;
  readonly encoding: Encoding;
  /**
   * Whether somebody who has the file open would have left a log beside it. Without
   * one nobody writes, and the file can be read without making one.
   */
  readonly quiet: boolean;
  /** Whether there is a log beside it, which the last one to close the file puts away. */
  readonly logged: boolean;
  /** Differs when anything was written to the file, or another one is in its place. */
  readonly state: string;
}

const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const WRITE_VERSION_AT = 18;
/** The write version of files that keep a log beside them (WAL). */
const LOGGED = 2;
const ENCODING_AT = 56;
const ENCODINGS: Readonly<Record<number, Encoding>> = { 2: 'utf-16le', 3: 'utf-16be' };

/**
 * Reads the header of a file that was located, and nothing else.
 *
 * @throws ConnectorError `SOURCE_FILE_REFUSED` when it is empty or no SQLite database, `SOURCE_PERMISSION_DENIED`.
 */
export async function inspectFile(path: string): Promise<DatabaseFile> {
  const handle = await openToRead(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    if (bytesRead === 0) throw refused(path, 'the file is empty');
    if (bytesRead < HEADER_BYTES || !buffer.subarray(0, MAGIC.length).equals(MAGIC))
      throw refused(path, 'the file holds no SQLite database, or an encrypted one');
    const logs = buffer.readUInt8(WRITE_VERSION_AT) === LOGGED;
    const logged = await exists(`${path}-wal`);
    return {
      path,
      encoding: ENCODINGS[buffer.readUInt32BE(ENCODING_AT)] ?? 'utf-8',
      quiet: logs && !logged,
      logged,
      state: await stateOf(path),
    };
  } finally {
    await handle.close();
  }
}

/** What has to be the same before and after reading a file without locking it. */
export async function stateOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  const log = (await exists(`${path}-wal`)) ? 'log' : '';
  return [dev, ino, size, mtimeNs, ctimeNs, log].join(' ');
}

/** The address SQLite is given. Every character of a path stands for itself. */
export function addressOf(file: DatabaseFile, write: boolean): string {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  if (write) return `file:${path}?mode=rw`;
  return file.quiet ? `file:${path}?mode=ro&immutable=1` : `file:${path}?mode=ro`;
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    // Not blocking: what became a pipe in the meantime must not keep us waiting.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') throw new ConnectorError('SOURCE_DATABASE_MISSING', `there is no file ${path}`);
    if (code === 'EACCES' || code === 'EPERM')
      throw new ConnectorError('SOURCE_PERMISSION_DENIED', `${path} may not be read`);
    throw refused(path, 'the file cannot be opened');
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function refused(path: string, why: string): ConnectorError {
  return new ConnectorError('SOURCE_FILE_REFUSED', `${path} may not be used: ${why}`);
}
