import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { freePort, run, type Running } from './processes.ts';
import { requireProgram } from './programs.ts';

const execute = promisify(execFile);

/** A real MariaDB server with a folder and a port of its own. */
export interface MariadbServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly directory: string;
  /** A session as the administrator, in the default sql_mode; the caller ends it. */
  connect(database?: string): Promise<Connection>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** The process at present; {@link restart} makes another. */
  pid(): number;
  restart(signal?: NodeJS.Signals): Promise<void>;
}

/** Nothing here outlives the test, so nothing needs to reach the disk. */
const FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-log-file-size=16M',
  '--sync-binlog=0',
  '--skip-name-resolve',
  '--max-allowed-packet=256M',
];
const PASSWORD = 'test-only';

/** @param settings command line options: `--log-bin=binlog`. */
export async function startMariadb(settings: readonly string[] = []): Promise<MariadbServer> {
  const program = await requireProgram('mariadbd');
  const install = await requireProgram('mariadb-install-db', ['mariadb-server']);
  const directory = await mkdtemp(path.join(tmpdir(), 'tributary-mariadb-'));
  const data = path.join(directory, 'data');
  // Temporary tables of two servers may have the same names.
  const temporary = path.join(directory, 'tmp');
  await mkdir(temporary);
  const account = process.getuid?.() === 0 ? ['--user=root'] : [];
  await execute(install, [
    '--no-defaults',
    ...account,
    `--datadir=${data}`,
    `--tmpdir=${temporary}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const port = await freePort();
  const args = [
    '--no-defaults',
    ...account,
    `--datadir=${data}`,
    `--tmpdir=${temporary}`,
    `--socket=${path.join(directory, 'socket')}`,
    `--port=${String(port)}`,
    '--bind-address=127.0.0.1',
    ...FAST,
    ...settings,
  ];
  let server = await start(program, args);
  const where = { host: '127.0.0.1', port, user: 'root', password: PASSWORD };
  const first = await createConnection({ ...where, password: '' });
  await first.query(`SET PASSWORD FOR root@'127.0.0.1' = PASSWORD('${PASSWORD}')`);
  await first.end();
  const connect = async (database?: string): Promise<Connection> =>
    await createConnection({ ...where, ...(database !== undefined && { database }), dateStrings: true });
  return {
    ...where,
    directory,
    connect,
    query: async (sql) => {
      const client = await connect();
      try {
        const [rows] = await client.query(sql);
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      } finally {
        await client.end();
      }
    },
    pid: () => server.pid,
    restart: async (signal = 'SIGTERM') => {
      await server.stop(signal);
      server = await start(program, args);
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function start(program: string, args: readonly string[]): Promise<Running> {
  const server = run(program, args);
  await server.waitFor(/ready for connections/);
  return server;
}
