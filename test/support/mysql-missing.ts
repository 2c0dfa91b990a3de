import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where MySQL is kept once it was obtained, for every checkout on the machine. */
export const MYSQL_FOLDER = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
  'tributary',
  'mysql',
);
/** Says why it could not be obtained. */
const NOTE = path.join(MYSQL_FOLDER, 'missing');
/** What fails, fails for every file of a run alike. */
const STANDS_MS = 10 * 60_000;

/** For those who must not do without: what is missing is a failure then, and is tried again at once. */
export const MYSQL_REQUIRED = process.env['TEST_MYSQL'] === 'required';

/** @returns why it could not be obtained a moment ago; null when that is worth another try. */
export async function readMissing(stands = STANDS_MS): Promise<string | null> {
  const note = await stat(NOTE).catch(() => null);
  return note === null || Date.now() - note.mtimeMs > stands ? null : await readFile(NOTE, 'utf8');
}

/** @param why null: it was obtained. @returns what to say of it. */
export async function noteMissing(why: string | null): Promise<string> {
  if (why === null) {
    await rm(NOTE, { force: true });
    return '';
  }
  const note = [
    `The tests of MySQL were skipped, because its server cannot be had here: ${why}`,
    `They take it from Debian's unstable distribution (sid), from the mirror that apt uses on this machine, and keep it in ${MYSQL_FOLDER}.`,
    'That needs apt-get and dpkg-deb, the package debian-archive-keyring, and a way to dists/sid and pool of the mirror; no root.',
    'To try again, and to fail where it cannot be had:  TEST_MYSQL=required npm test -- test/contract/mysql.test.ts',
  ].join('\n');
  await writeFile(NOTE, note).catch(() => undefined);
  return note;
}

/** The last word of a run that left something out, on standard error. */
export async function tellMissing(): Promise<void> {
  const note = await readMissing(Math.max(STANDS_MS, process.uptime() * 1_000));
  if (note !== null) process.stderr.write(`\n${note}\n\n`);
}
