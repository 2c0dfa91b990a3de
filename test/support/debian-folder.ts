import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe } from '@jest/globals';
import { CACHE, forgetMissing, noteMissing, readMissing, REQUIRED } from './missing.ts';
import { findProgram, withLock } from './programs.ts';

/*
 * Packages of another release of Debian than the one that runs here. They cannot be installed beside its own:
 * apt resolves, downloads and verifies them in a folder of its own, without root, and they are unpacked
 * there. What is in it runs with its own loader and its own C library.
 *
 * Once per machine: the folder is kept, in the user's cache.
 */

const run = promisify(execFile);

export interface DebianPackages {
  /** What the tests call it: `MySQL`. */
  readonly what: string;
  /** Of the folder in the cache. */
  readonly name: string;
  readonly release: string;
  readonly packages: readonly string[];
  /** What they depend on and these tests do not. */
  readonly without: readonly string[];
  /** Done once, before the folder counts as there. */
  readonly finish?: (folder: DebianFolder) => Promise<void>;
}

/** A loader with the libraries that belong to it: what a program of the folder is started with. */
export interface DebianFolder {
  readonly root: string;
  readonly loader: readonly [string, ...string[]];
}

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Hundreds of packages; the whole takes half a minute on an ordinary line. */
const APT_MS = 5 * 60_000;
const LARGE = 64 * 1024 * 1024;

/** Why a folder cannot be had; the end of the run says so too. */
export interface MissingFolder {
  readonly missing: string;
}

/**
 * The folder, obtained when it is not there yet. Several processes at once ask once.
 *
 * Where it cannot be had its tests are skipped and the run says so; with
 * TEST_DEBIAN=required they fail: see docs/decisions/0125-mysql-from-debian-sid.md.
 */
export async function findFolder(wanted: DebianPackages): Promise<DebianFolder | MissingFolder> {
  const { what, release, packages } = wanted;
  const root = path.join(CACHE, wanted.name);
  if (await isThere(root)) return { root, loader: await findLoader(root) };
  return await withLock(async () => {
    const failed = REQUIRED ? null : await readMissing(what);
    if (failed !== null) return { missing: failed };
    try {
      if (!(await isThere(root))) await obtain(wanted, root);
      await forgetMissing(what);
      return { root, loader: await findLoader(root) };
    } catch (error) {
      const source = `${packages.join(' ')} of Debian ${release}`;
      return { missing: await noteMissing({ what, source, why: explain(error) }) };
    }
  });
}

/** `describe` for what needs the folder. */
export function describeWith(found: object | MissingFolder): typeof describe | typeof describe.skip {
  return 'missing' in found && !REQUIRED ? describe.skip : describe;
}

/** What apt and the program say is wrong, without the long command. */
function explain(error: unknown): string {
  const { message, stderr = '' } = error as Error & { readonly stderr?: string };
  const said = stderr.split('\n').filter((line) => /^E:|\[ERROR\]/.test(line));
  return said.length === 0 ? message : said.slice(-5).join('\n');
}

async function obtain(wanted: DebianPackages, root: string): Promise<void> {
  const { release, packages, without, finish } = wanted;
  const work = `${root}-${String(process.pid)}`;
  try {
    const apt = await prepareApt({ work, release, without });
    await apt(['update']);
    await apt(['--yes', '--download-only', 'install', ...packages]);
    const archives = path.join(work, 'cache', 'archives');
    const unpacked = path.join(work, 'root');
    await mkdir(unpacked);
    for (const file of (await readdir(archives)).filter((name) => name.endsWith('.deb')))
      await run('dpkg-deb', ['--extract', path.join(archives, file), unpacked]);
    await finish?.({ root: unpacked, loader: await findLoader(unpacked) });
    // Whole or not at all; when another process was faster, its folder is as good.
    await rename(unpacked, root).catch(async (error: unknown) => {
      if (!(await isThere(root))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface AptFolder {
  readonly work: string;
  readonly release: string;
  readonly without: readonly string[];
}

/** @returns apt with lists, packages and sources of its own, and this machine's settings for the way to the mirror. */
async function prepareApt({
  work,
  release,
  without,
}: AptFolder): Promise<(args: readonly string[]) => Promise<void>> {
  if ((await findProgram('apt-get')) === null) throw new Error('there is no apt-get on this machine');
  if (!(await isThere(KEYRING)))
    throw new Error(`${KEYRING} is missing: apt-get install debian-archive-keyring`);
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'none'])
    await mkdir(path.join(work, folder), { recursive: true });
  await writeFile(path.join(work, 'status'), without.map(asInstalled).join('\n'));
  const sources = path.join(work, 'sources.list');
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${await findMirror(work)} ${release} main\n`);
  const options = [
    `Dir::State=${path.join(work, 'state')}`,
    `Dir::State::status=${path.join(work, 'status')}`,
    `Dir::Cache=${path.join(work, 'cache')}`,
    `Dir::Etc::sourcelist=${sources}`,
    `Dir::Etc::sourceparts=${path.join(work, 'none')}`,
    `Dir::Etc::preferencesparts=${path.join(work, 'none')}`,
    'APT::Install-Recommends=false',
    'APT::Sandbox::User=root',
    // Otherwise a mirror that does not answer is a success.
    'APT::Update::Error-Mode=any',
    // Nothing is signed anew in a release that is no longer looked after.
    'Acquire::Check-Valid-Until=false',
    'Acquire::Languages=none',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=20',
    'Debug::NoLocking=true',
  ].flatMap((option) => ['-o', option]);
  return async (args) => {
    await run('apt-get', [...options, ...args], { timeout: APT_MS, maxBuffer: LARGE });
  };
}

/** What apt takes for a package that is there. */
function asInstalled(name: string): string {
  const fields = {
    Package: name,
    Status: 'install ok installed',
    Architecture: 'all',
    'Multi-Arch': 'foreign',
    Version: '999',
    Maintainer: 'nobody',
    Description: 'left out',
  };
  return Object.entries(fields)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');
}

/** The one that this machine uses: no other may be within reach. */
async function findMirror(work: string): Promise<string> {
  // The machine's own lists may not be there yet, and are not ours to write.
  const options = [`Dir::State=${path.join(work, 'state')}`, 'Debug::NoLocking=true'];
  const { stdout } = await run('apt-get', [
    ...options.flatMap((option) => ['-o', option]),
    '--print-uris',
    'update',
  ]);
  const [, mirror] = /^'(https?:\/\/\S+\/debian)\/dists\//m.exec(stdout) ?? [];
  if (mirror === undefined) throw new Error('no mirror of Debian is among the sources of apt');
  return mirror;
}

/** In a folder that is named for the processor: `x86_64-linux-gnu`, below `lib` or, of late, `usr/lib`. */
async function findLoader(root: string): Promise<DebianFolder['loader']> {
  for (const lib of [path.join(root, 'lib'), path.join(root, 'usr', 'lib')])
    for (const name of await readdir(lib).catch((): string[] => [])) {
      const files = await readdir(path.join(lib, name)).catch((): string[] => []);
      const loader = files.find((file) => /^ld-(?:[\d.]+\.so|linux.*\.so\.\d+)$/.test(file));
      if (loader === undefined) continue;
      const libraries = [path.join(root, 'lib', name), path.join(root, 'usr', 'lib', name)];
      return [path.join(lib, name, loader), '--library-path', libraries.join(':')];
    }
  throw new Error(`there is no loader of programs below ${root}`);
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
