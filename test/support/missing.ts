import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where programs of other releases of Debian are kept once they were obtained, for every checkout on the machine. */
export const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'tributary');
/** What begins so says why something could not be obtained. */
const NOTE = 'missing-';
/** What fails, fails for every file of a run alike. */
const STANDS_MS = 10 * 60_000;

/** For those who must not do without: what is missing is a failure then, and is tried again at once. */
export const REQUIRED = process.env['TEST_DEBIAN'] === 'required';

/** What could not be had. */
export interface MissingProgram {
  /** What the tests call it: `MySQL`. */
  readonly what: string;
  /** Where it would have come from. */
  readonly source: string;
  /** What apt said. */
  readonly why: string;
}

function noteOf(what: string): string {
  return path.join(CACHE, `${NOTE}${what.toLowerCase()}`);
}

/** @returns why it could not be obtained a moment ago; null when that is worth another try. */
export async function readMissing(what: string, stands = STANDS_MS): Promise<string | null> {
  const note = await stat(noteOf(what)).catch(() => null);
  return note === null || Date.now() - note.mtimeMs > stands ? null : await readFile(noteOf(what), 'utf8');
}

/** @returns what to say of it. */
export async function noteMissing({ what, source, why }: MissingProgram): Promise<string> {
  const note = [
    `The tests of ${what} were skipped, because it cannot be had here: ${why}`,
    `They take it from ${source}, from the mirror that apt uses on this machine, and keep it in ${CACHE}.`,
    'That needs apt-get and dpkg-deb, the package debian-archive-keyring, and a way to dists and pool of the mirror; no root.',
    'To try again, and to fail where it cannot be had:  TEST_DEBIAN=required npm test',
  ].join('\n');
  await mkdir(CACHE, { recursive: true }).catch(() => undefined);
  await writeFile(noteOf(what), note).catch(() => undefined);
  return note;
}

export async function forgetMissing(what: string): Promise<void> {
  await rm(noteOf(what), { force: true });
}

/** The last words of a run that left something out, on standard error. */
export async function tellMissing(): Promise<void> {
  const names = await readdir(CACHE).catch((): string[] => []);
  for (const name of names.filter((file) => file.startsWith(NOTE))) {
    const note = await readMissing(name.slice(NOTE.length), Math.max(STANDS_MS, process.uptime() * 1_000));
    if (note !== null) process.stderr.write(`\n${note}\n\n`);
  }
}
