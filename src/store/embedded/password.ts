import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Secret } from '../../../connectors/contract/secret.ts';

const PASSWORD_BYTES = 24;

/** The superuser's password: made once, kept in a file that only its owner may read. */
export async function readOrMakePassword(file: string): Promise<Secret> {
  const kept = await readFile(file, 'utf8').catch(ignoreMissing);
  // An empty file was left by a start that was killed here, before initdb could use it.
  if (kept.trim() !== '') return new Secret(kept.trim());
  const fresh = randomBytes(PASSWORD_BYTES).toString('base64url');
  await writeFile(file, `${fresh}\n`, { mode: 0o600 });
  return new Secret(fresh);
}

function ignoreMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
