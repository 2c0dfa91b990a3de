import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { MYSQL_FOLDER, MYSQL_REQUIRED, noteMissing, readMissing } from './mysql-missing.ts';
import { ADMINISTRATOR, asRoot } from './mysql-server.ts';
import { findProgram, withLock } from './programs.ts';

/*
 * MySQL's own server. Debian's stable distributions have MariaDB in its place and npm has none that is
 * maintained; Debian's unstable one (sid) has it. It needs sid's C library, so that it cannot be installed here:
 * apt resolves, downloads and verifies what it needs in a folder of its own, without root, and
 * the server is started with sid's own loader.
 *
 * Once per machine: the folder is kept, in the user's cache.
 */

const run = promisify(execFile);

const PACKAGE = 'mysql-server-core';
/** Perl is for a script beside the server. */
const NEEDED = /^(?!(?:lib)?perl).*\.deb$/;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** For each of apt's answers; the whole takes seconds on an ordinary line. */
const APT_MS = 5 * 60_000;

export interface MysqlInstall {
  /** The loader with the server, in front of its options. */
  readonly command: readonly [string, ...string[]];
  /** What the server has to be told of where it lies. */
  readonly options: readonly string[];
  /** A folder of data that was never served from, to copy. */
  readonly data: string;
}

export interface MysqlMissing {
  readonly missing: string;
}

const SERVER = path.join(MYSQL_FOLDER, 'server');

/** The server, obtained when it is not there yet; why it cannot be had, otherwise. Two processes at once get one. */
export async function findMysql(): Promise<MysqlInstall | MysqlMissing> {
  if (!(await isThere(SERVER))) {
    const missing = await withLock(obtainOnce);
    if (missing !== null) return { missing };
  }
  return await describeInstall(SERVER);
}

/** @returns why it cannot be had; null when it is there. */
async function obtainOnce(): Promise<string | null> {
  if (await isThere(SERVER)) return null;
  const failed = MYSQL_REQUIRED ? null : await readMissing();
  if (failed !== null) return failed;
  const work = path.join(MYSQL_FOLDER, `work-${String(process.pid)}`);
  try {
    await mkdir(path.join(work, 'server'), { recursive: true });
    await obtain(work);
    await rename(path.join(work, 'server'), SERVER);
    await noteMissing(null);
    return null;
  } catch (error) {
    return await noteMissing(explain(error));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function obtain(work: string): Promise<void> {
  const apt = await prepareApt(work);
  await apt(['update']);
  await apt(['--yes', '--download-only', 'install', PACKAGE]);
  const archives = path.join(work, 'cache', 'archives');
  const unpacked = path.join(work, 'server');
  for (const file of await readdir(archives))
    if (NEEDED.test(file)) await run('dpkg-deb', ['--extract', path.join(archives, file), unpacked]);
  // Programs, manuals and settings of the libraries.
  for (const needless of ['usr/bin', 'usr/share/doc', 'var', 'etc'])
    await rm(path.join(unpacked, needless), { recursive: true, force: true });
  await initialise(await describeInstall(unpacked));
}

/** @returns apt with lists, packages and sources of its own, and this machine's settings for the way to the mirror. */
async function prepareApt(work: string): Promise<(args: readonly string[]) => Promise<void>> {
  if ((await findProgram('apt-get')) === null) throw new Error('there is no apt-get on this machine');
  if (!(await isThere(KEYRING)))
    throw new Error(`${KEYRING} is missing: apt-get install debian-archive-keyring`);
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'preferences'])
    await mkdir(path.join(work, folder), { recursive: true });
  await writeFile(path.join(work, 'status'), '');
  const sources = path.join(work, 'sources.list');
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${await findMirror(work)} sid main\n`);
  const options = [
    `Dir::State=${path.join(work, 'state')}`,
    `Dir::State::status=${path.join(work, 'status')}`,
    `Dir::Cache=${path.join(work, 'cache')}`,
    `Dir::Etc::sourcelist=${sources}`,
    `Dir::Etc::sourceparts=${path.join(work, 'preferences')}`,
    `Dir::Etc::preferences=${path.join(work, 'none')}`,
    `Dir::Etc::preferencesparts=${path.join(work, 'preferences')}`,
    'APT::Install-Recommends=false',
    'APT::Sandbox::User=root',
    // Otherwise a mirror that does not answer is a success.
    'APT::Update::Error-Mode=any',
    'Acquire::Languages=none',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=20',
    'Debug::NoLocking=true',
  ].flatMap((option) => ['-o', option]);
  return async (args) => {
    await run('apt-get', [...options, ...args], { timeout: APT_MS, maxBuffer: 64 * 1024 * 1024 });
  };
}

/** The one that this machine uses: no other may be within reach. */
async function findMirror(work: string): Promise<string> {
  const state = `Dir::State=${path.join(work, 'state')}`;
  const { stdout } = await run('apt-get', [
    '-o',
    state,
    '-o',
    'Debug::NoLocking=true',
    '--print-uris',
    'update',
  ]);
  for (const [, mirror] of stdout.matchAll(/^'(https?:\/\/\S+\/debian)\/dists\//gm))
    if (mirror !== undefined) return mirror;
  throw new Error('no mirror of Debian is among the sources of apt');
}

/** Also the proof that the server runs here. */
async function initialise({ command, options, data }: MysqlInstall): Promise<void> {
  const first = path.join(path.dirname(data), 'first.sql');
  await writeFile(
    first,
    `RENAME USER root@localhost TO root@'127.0.0.1';
     ALTER USER root@'127.0.0.1' IDENTIFIED BY '${ADMINISTRATOR.password}';\n`.replaceAll(/\n +/g, '\n'),
  );
  const [program, ...before] = command;
  await run(program, [
    ...before,
    '--no-defaults',
    ...options,
    ...asRoot(),
    '--initialize-insecure',
    `--datadir=${data}`,
    `--init-file=${first}`,
    '--innodb-flush-method=nosync',
    '--innodb-redo-log-capacity=32M',
  ]);
  // Every server needs a name of its own, and makes one where there is none.
  await rm(path.join(data, 'auto.cnf'));
}

async function describeInstall(folder: string): Promise<MysqlInstall> {
  const usr = path.join(folder, 'usr');
  const { loader, libraries } = await findLoader(path.join(usr, 'lib'));
  return {
    command: [loader, '--library-path', libraries, path.join(usr, 'sbin', 'mysqld')],
    options: [
      `--basedir=${usr}`,
      `--lc-messages-dir=${path.join(usr, 'share', 'mysql')}`,
      `--character-sets-dir=${path.join(usr, 'share', 'mysql', 'charsets')}`,
      `--plugin-dir=${path.join(usr, 'lib', 'mysql', 'plugin')}`,
      '--secure-file-priv=NULL',
    ],
    data: path.join(folder, 'data'),
  };
}

/** In the folder that is named for the processor: `x86_64-linux-gnu`. */
async function findLoader(lib: string): Promise<{ readonly loader: string; readonly libraries: string }> {
  for (const name of await readdir(lib)) {
    const libraries = path.join(lib, name);
    const loader = (await readdir(libraries)).find((file) => /^ld-linux.*\.so\.\d+$/.test(file));
    if (loader !== undefined) return { loader: path.join(libraries, loader), libraries };
  }
  throw new Error(`there is no loader of programs below ${lib}`);
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

/** What apt and the server say is wrong, without the long command. */
function explain(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  const said = (stderr ?? '').split('\n').filter((line) => /^E:|\[ERROR\]/.test(line));
  return said.length === 0 ? message : said.slice(-5).join('\n');
}
