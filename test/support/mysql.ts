import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { describe } from '@jest/globals';
import { describeWith } from './debian-folder.ts';
import { findMysql, type MysqlInstall } from './mysql-install.ts';
import { startServer, type MysqlServer } from './mysql-server.ts';

/** Nothing here outlives the test, so nothing needs to reach the disk. */
const FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-redo-log-capacity=32M',
  '--innodb-doublewrite=OFF',
  '--performance-schema=OFF',
  '--sync-binlog=0',
  '--mysqlx=OFF',
  '--skip-name-resolve',
  '--max-allowed-packet=256M',
];

const found = await findMysql();

/** `describe` for what needs MySQL. */
export const describeMysql: typeof describe | typeof describe.skip = describeWith(found);

/** @param settings command line options: `--log-bin=binlog`; without that one there is no binary log. */
export async function startMysql(settings: readonly string[] = []): Promise<MysqlServer> {
  if ('missing' in found) throw new Error(found.missing);
  const logged = settings.some((setting) => setting.startsWith('--log-bin'));
  return await startServer({
    flavour: 'mysql',
    command: found.command,
    options: [...found.options, ...FAST, ...(logged ? [] : ['--skip-log-bin']), ...settings],
    prepare: (directory) => copyData(found, directory),
  });
}

async function copyData({ data }: MysqlInstall, directory: string): Promise<void> {
  await cp(data, path.join(directory, 'data'), { recursive: true });
}
