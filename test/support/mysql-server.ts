import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { freePort, run, type Running } from './processes.ts';

/** A real MariaDB or MySQL server with a folder and a port of its own. */
export interface MysqlServer extends AsyncDisposable {
  readonly flavour: 'mariadb' | 'mysql';
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

export const ADMINISTRATOR = { user: 'root', password: 'test-only' } as const;

/** How one server is started. */
export interface Start {
  readonly flavour: MysqlServer['flavour'];
  /** The program, and what stands before its options. */
  readonly command: readonly [string, ...string[]];
  /** Whatever does not depend on the folder, the port and the account. */
  readonly options: readonly string[];
  /** Makes `data` in the folder, with the {@link ADMINISTRATOR} on 127.0.0.1; `tmp` is there. */
  readonly prepare: (directory: string) => Promise<void>;
}

/** The account that a server has to be told when it is started as root. */
export const asRoot = (): readonly string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

export async function startServer(start: Start): Promise<MysqlServer> {
  const directory = await mkdtemp(path.join(tmpdir(), `tributary-${start.flavour}-`));
  const temporary = path.join(directory, 'tmp');
  // Temporary tables of two servers may have the same names.
  await mkdir(temporary);
  await start.prepare(directory);
  const port = await freePort();
  const options = [
    // The server takes it as the first one only.
    '--no-defaults',
    ...asRoot(),
    `--datadir=${path.join(directory, 'data')}`,
    `--tmpdir=${temporary}`,
    `--socket=${path.join(directory, 'socket')}`,
    `--pid-file=${path.join(directory, 'pid')}`,
    `--port=${String(port)}`,
    '--bind-address=127.0.0.1',
    ...start.options,
  ];
  let server = await launch(start.command, options);
  const where = { host: '127.0.0.1', port, ...ADMINISTRATOR };
  const connect = async (database?: string): Promise<Connection> =>
    await createConnection({ ...where, ...(database !== undefined && { database }), dateStrings: true });
  return {
    ...where,
    flavour: start.flavour,
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
      server = await launch(start.command, options);
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch([program, ...before]: Start['command'], options: readonly string[]): Promise<Running> {
  const server = run(program, [...before, ...options]);
  await server.waitFor(/ready for connections/);
  return server;
}
