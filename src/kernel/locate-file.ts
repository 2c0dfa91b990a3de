import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ConnectorError } from '../../connectors/contract/errors.ts';

export interface FileRules {
  /** Absolute; files are only ever used inside of these. Empty: none is. */
  readonly folders: readonly string[];
  /** Where our own files are, which no provider may name. */
  readonly dataDirectory: string;
}

/**
 * Finds a file and checks where it is. A relative name is looked for in each of
 * the folders, in their order. Use the path returned and no other: it has no
 * links in it that could lead elsewhere.
 *
 * @throws ConnectorError `SOURCE_FILE_REFUSED` when it is outside of the folders, among our own files or no
 *   regular file; `SOURCE_DATABASE_MISSING` when there is none; `SOURCE_PERMISSION_DENIED` when we may not look.
 */
export async function locateFile(file: string, rules: FileRules, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const folders = await realFolders(rules.folders);
  if (folders.length === 0)
    throw refused(file, 'the configuration allows no folder (TRIBUTARY_SQLITE_FOLDERS)');
  const path = await findReal(file, rules.folders);
  // Whether a file outside exists is nobody's business: refused before anything is said about it.
  if (path === null || !folders.some((folder) => isInside(path, folder)))
    throw isAbsolute(file) && !rules.folders.some((folder) => isInside(file, folder))
      ? refused(file, 'it is outside of the folders that the configuration allows (TRIBUTARY_SQLITE_FOLDERS)')
      : path === null
        ? new ConnectorError('SOURCE_DATABASE_MISSING', `there is no file ${file}`)
        : refused(
            file,
            'a link leads out of the folders that the configuration allows (TRIBUTARY_SQLITE_FOLDERS)',
          );
  const own = await realpath(rules.dataDirectory).catch(() => rules.dataDirectory);
  if (isInside(path, own)) throw refused(file, "it is among Tributary's own files");
  if (!(await stat(path)).isFile()) throw refused(file, 'it is not a regular file');
  return path;
}

async function realFolders(folders: readonly string[]): Promise<readonly string[]> {
  return await Promise.all(folders.map(async (folder) => await realpath(folder).catch(() => folder)));
}

/** @returns null when there is no such file. */
async function findReal(file: string, folders: readonly string[]): Promise<string | null> {
  if (file === '' || file.includes('\0')) throw refused(file.replaceAll('\0', '�'), 'it is no path');
  const candidates = isAbsolute(file) ? [file] : folders.map((folder) => join(folder, file));
  for (const candidate of candidates) {
    const path = await realpath(candidate).catch((error: unknown) => absent(error, file));
    if (path !== null) return path;
  }
  return null;
}

function absent(error: unknown, file: string): null {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  if (code === 'EACCES' || code === 'EPERM')
    throw new ConnectorError('SOURCE_PERMISSION_DENIED', `the folder of ${file} may not be read`);
  throw refused(file, 'its path cannot be followed');
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refused(file: string, why: string): ConnectorError {
  return new ConnectorError('SOURCE_FILE_REFUSED', `${file} may not be used: ${why}`);
}
