import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, run } from './processes.ts';
import { requireProgram } from './programs.ts';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** A real redis-server with a folder of its own; nothing is written to disk. */
export async function startRedis(): Promise<RedisServer> {
  const program = await requireProgram('redis-server');
  const directory = await mkdtemp(path.join(tmpdir(), 'tributary-redis-'));
  const port = await freePort();
  const options = {
    port,
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: 'no',
    maxmemory_policy: 'noeviction',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace('_', '-')}`,
    String(value),
  ]);
  const server = run(program, args);
  await server.waitFor(/Ready to accept connections/);
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    port,
    pid: server.pid,
    [Symbol.asyncDispose]: async () => {
      await server.stop('SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
