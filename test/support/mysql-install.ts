import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFolder, type DebianFolder, type DebianPackages, type MissingFolder } from './debian-folder.ts';
import { ADMINISTRATOR, asRoot } from './mysql-server.ts';

const run = promisify(execFile);

/** Debian's stable distributions have MariaDB in its place, and npm has none that is maintained. */
const MYSQL: DebianPackages = {
  what: 'MySQL',
  name: 'mysql-server',
  release: 'sid',
  packages: ['mysql-server-core'],
  without: [],
  finish: initialise,
};

export interface MysqlInstall {
  /** The loader with the server, in front of its options. */
  readonly command: readonly [string, ...string[]];
  /** What the server has to be told of where it lies. */
  readonly options: readonly string[];
  /** A folder of data that was never served from, to copy. */
  readonly data: string;
}

/** The server, obtained when it is not there yet; why it cannot be had, otherwise. */
export async function findMysql(): Promise<MysqlInstall | MissingFolder> {
  const found = await findFolder(MYSQL);
  return 'missing' in found ? found : installOf(found);
}

/** Also the proof that the server runs here. */
async function initialise(folder: DebianFolder): Promise<void> {
  // Programs, manuals and settings of the libraries, and the Perl of a script: a good part of the size.
  for (const needless of ['usr/bin', 'usr/share/doc', 'usr/share/perl', 'var', 'etc'])
    await rm(path.join(folder.root, needless), { recursive: true, force: true });
  const { command, options, data } = installOf(folder);
  const first = path.join(folder.root, 'first.sql');
  await writeFile(
    first,
    [
      `RENAME USER root@localhost TO root@'127.0.0.1';`,
      `ALTER USER root@'127.0.0.1' IDENTIFIED BY '${ADMINISTRATOR.password}';`,
    ].join('\n'),
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

function installOf({ root, loader }: DebianFolder): MysqlInstall {
  const usr = path.join(root, 'usr');
  return {
    command: [...loader, path.join(usr, 'sbin', 'mysqld')],
    options: [
      `--basedir=${usr}`,
      `--lc-messages-dir=${path.join(usr, 'share', 'mysql')}`,
      `--character-sets-dir=${path.join(usr, 'share', 'mysql', 'charsets')}`,
      `--plugin-dir=${path.join(usr, 'lib', 'mysql', 'plugin')}`,
      '--secure-file-priv=NULL',
    ],
    data: path.join(root, 'data'),
  };
}
