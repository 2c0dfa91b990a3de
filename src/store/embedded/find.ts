import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Secret } from '../../../connectors/contract/secret.ts';
import { adoptServer } from './adopt.ts';
import { HOST, SUPERUSER } from './connect.ts';

/**
 * The address of a database in the embedded server that another process runs on
 * this folder. Changes nothing.
 *
 * @returns null when none answers.
 */
export async function findEmbeddedDatabase(directory: string, database: string): Promise<Secret | null> {
  const elsewhere = await readOrNull(path.join(directory, 'location'));
  const home = elsewhere ?? directory;
  const password = await readOrNull(path.join(home, 'password'));
  if (password === null) return null;
  const found = await adoptServer(path.join(home, 'cluster', 'data'), new Secret(password));
  if (found === null) return null;
  const login = `${SUPERUSER}:${encodeURIComponent(password)}`;
  return new Secret(`postgres://${login}@${HOST}:${String(found.port)}/${encodeURIComponent(database)}`);
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
