import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ADMINISTRATOR, asRoot, startServer, type MysqlServer } from './mysql-server.ts';
import { requireProgram } from './programs.ts';

const execute = promisify(execFile);

export type MariadbServer = MysqlServer;

/** Nothing here outlives the test, so nothing needs to reach the disk. */
const FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-log-file-size=16M',
  '--sync-binlog=0',
  '--skip-name-resolve',
  '--max-allowed-packet=256M',
];

/** @param settings command line options: `--log-bin=binlog`. */
export async function startMariadb(settings: readonly string[] = []): Promise<MysqlServer> {
  const program = await requireProgram('mariadbd');
  const install = await requireProgram('mariadb-install-db', ['mariadb-server']);
  return await startServer({
    flavour: 'mariadb',
    command: [program],
    options: [...FAST, ...settings],
    prepare: (directory) => initialise(install, directory),
  });
}

async function initialise(install: string, directory: string): Promise<void> {
  const first = path.join(directory, 'first.sql');
  await writeFile(
    first,
    `FLUSH PRIVILEGES;\nSET PASSWORD FOR root@'127.0.0.1' = PASSWORD('${ADMINISTRATOR.password}');\n`,
  );
  await execute(install, [
    '--no-defaults',
    ...asRoot(),
    `--datadir=${path.join(directory, 'data')}`,
    `--tmpdir=${path.join(directory, 'tmp')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    `--extra-file=${first}`,
  ]);
}
