import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A port on loopback that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Every line of stdout and stderr so far. */
  readonly lines: readonly string[];
  /** The first line, past or to come, that matches; rejects when the process ends or 60 s pass before. */
  waitFor(pattern: RegExp): Promise<string>;
  /** Sends the signal and waits for the end. @returns the exit code, null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a program; disposing kills it with SIGKILL if it still runs. */
export function run(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'env' | 'cwd' | 'uid' | 'gid'> = {},
): Running {
  const child = spawn(program, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const tell = (): void => [...watchers].forEach((watch) => watch());
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      tell();
    });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  void ended.then(tell);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    return await ended;
  };
  return {
    child,
    pid: child.pid ?? -1,
    lines,
    waitFor: (pattern) => waitForLine({ program, child, lines, watchers }, pattern),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
    },
  };
}

const WAIT_MS = 120_000;

interface Watched {
  readonly program: string;
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly watchers: Set<() => void>;
}

async function waitForLine(watched: Watched, pattern: RegExp): Promise<string> {
  return await new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      watched.watchers.delete(look);
      settle();
    };
    const fail = (why: string): void =>
      finish(() =>
        reject(new Error(`${watched.program} ${why}; it said:\n${watched.lines.slice(-30).join('\n')}`)),
      );
    const look = (): void => {
      const line = watched.lines.find((candidate) => pattern.test(candidate));
      if (line !== undefined) finish(() => resolve(line));
      else if (watched.child.exitCode !== null || watched.child.signalCode !== null)
        fail(`ended before saying ${String(pattern)}`);
    };
    const timer = setTimeout(
      () => fail(`did not say ${String(pattern)} in ${String(WAIT_MS / 1000)} s`),
      WAIT_MS,
    );
    watched.watchers.add(look);
    look();
  });
}
