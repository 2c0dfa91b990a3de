import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { chooseUser, type ServerUser } from '../../src/store/embedded/choose-user.ts';
import { freePort, run, type Running } from './processes.ts';
import { requirePostgres } from './programs.ts';

const execute = promisify(execFile);

/** A real server of Debian's PostgreSQL with a folder and a port of its own, which may be stopped, killed and copied. */
export interface PostgresServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Every line that the server said; the last start's alone. */
  lines(): readonly string[];
  query(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** `SIGINT` breaks connections and ends in order, `SIGQUIT` ends as a crash does. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  start(): Promise<void>;
  restart(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Stops the server, runs a program of the distribution on its data folder, and starts it again. */
  whileStopped(work: (tools: PostgresTools) => Promise<void>): Promise<void>;
  /** A copy of this server as a backup of it is: another server, or a standby that follows this one. */
  copy(as: 'backup' | 'standby'): Promise<PostgresServer>;
}

export interface PostgresTools {
  readonly data: string;
  /** As the account of the server. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>;
}

/** Nothing here outlives the test, so nothing needs to reach the disk. */
const FAST = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'logical',
  max_connections: '60',
};
const LOGIN = { host: '127.0.0.1', user: 'administrator', password: 'test-only' };

type Settings = Readonly<Record<string, string>>;

/** @param settings over what is usual here: `{ max_slot_wal_keep_size: '64MB' }`. */
export async function startPostgres(settings: Settings = {}): Promise<PostgresServer> {
  const place = await makePlace();
  const passwordFile = path.join(place.directory, 'password');
  await writeFile(passwordFile, LOGIN.password, { mode: 0o644 });
  await toolsOf(place).run('initdb', [
    `--pgdata=${place.data}`,
    `--username=${LOGIN.user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    // Small, so that a log can be filled and let go of in no time.
    '--wal-segsize=1',
  ]);
  return await launch(place, { ...FAST, ...settings });
}

/** Where one server is. */
interface Place {
  readonly programs: string;
  readonly account: ServerUser | null;
  readonly directory: string;
  readonly data: string;
}

async function makePlace(): Promise<Place> {
  const programs = await requirePostgres();
  const account = await chooseUser();
  const directory = await mkdtemp(path.join(tmpdir(), 'tributary-postgres-'));
  // The account that runs PostgreSQL when we are root has to enter it.
  await chmod(directory, 0o755);
  const data = path.join(directory, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account !== null) await chown(data, account.uid, account.gid);
  return { programs, account, directory, data };
}

function toolsOf({ programs, account, data }: Place): PostgresTools {
  return {
    data,
    run: async (program, args) => {
      await execute(path.join(programs, program), [...args], {
        ...(account && { uid: account.uid, gid: account.gid }),
        cwd: data,
        env: { ...process.env, PGPASSWORD: LOGIN.password, LC_ALL: 'C' },
      });
    },
  };
}

async function launch(place: Place, settings: Settings): Promise<PostgresServer> {
  const { directory, data } = place;
  const port = await freePort();
  const start = (): Promise<Running> => spawnServer(place, port, settings);
  let server = await start();
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<void> => {
    await server.stop(signal);
  };
  const self: PostgresServer = {
    ...LOGIN,
    port,
    lines: () => server.lines,
    query: (sql, database = 'postgres') => ask(port, database, sql),
    stop,
    start: async () => {
      server = await start();
    },
    restart: async (signal) => {
      await stop(signal);
      server = await start();
    },
    whileStopped: async (work) => {
      await stop();
      await work(toolsOf(place));
      server = await start();
    },
    copy: async (as) => await copyServer(port, as, settings),
    [Symbol.asyncDispose]: async () => {
      await stop('SIGQUIT');
      await rm(directory, { recursive: true, force: true });
    },
  };
  return Object.assign(self, { data });
}

async function copyServer(
  port: number,
  as: 'backup' | 'standby',
  settings: Settings,
): Promise<PostgresServer> {
  const place = await makePlace();
  await toolsOf(place).run('pg_basebackup', [
    `--pgdata=${place.data}`,
    `--dbname=postgres://${LOGIN.user}:${LOGIN.password}@${LOGIN.host}:${String(port)}/postgres`,
    '--checkpoint=fast',
    '--no-sync',
    ...(as === 'standby' ? ['--write-recovery-conf'] : []),
  ]);
  return await launch(place, settings);
}

async function spawnServer(
  { programs, account, directory, data }: Place,
  port: number,
  settings: Settings,
): Promise<Running> {
  const fixed = { port: String(port), listen_addresses: LOGIN.host, unix_socket_directories: '' };
  const options = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = run(path.join(programs, 'postgres'), ['-D', data, ...options], {
    ...(account && { uid: account.uid, gid: account.gid }),
    cwd: directory,
    env: { ...process.env, LC_ALL: 'C' },
  });
  await server.waitFor(/database system is ready to accept (?:read-only )?connections/);
  return server;
}

async function ask(port: number, database: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...LOGIN, port, database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answer: unknown = await client.query<Record<string, unknown>>(sql);
    // Several statements have as many answers.
    const last = Array.isArray(answer) ? (answer.at(-1) as unknown) : answer;
    return (last as pg.QueryResult<Record<string, unknown>>).rows;
  } finally {
    await client.end();
  }
}
