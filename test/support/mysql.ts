import { cp } from 'node:fs/promises';
import path from 'node:path';
import { describe } from '@jest/globals';
import { findMysql, type MysqlInstall } from './mysql-install.ts';
import { MYSQL_REQUIRED } from './mysql-missing.ts';
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

/**
 * `describe` for what needs MySQL. Where it cannot be had its tests are skipped, and
 * the end of the run says so: see docs/decisions/0125-mysql-from-debian-sid.md.
 */
export const describeMysql: typeof describe | typeof describe.skip =
  'missing' in found && !MYSQL_REQUIRED ? describe.skip : describe;

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
