import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { HOST } from './connect.ts';

/** Definitions of providers in the same server name its port: it stays what it was while nobody else has it. */
export async function choosePort(data: string): Promise<number> {
  const options = await readFile(path.join(data, 'postmaster.opts'), 'utf8').catch(() => '');
  const before = Number(/"?port=(\d+)"?/.exec(options)?.[1] ?? 0);
  return await findFreePort(before).catch(() => findFreePort());
}

/**
 * A port that nobody listened on a moment ago; another program may take it before we do.
 *
 * @param wanted this one or none; 0: any. Rejects when it is taken.
 */
export async function findFreePort(wanted = 0): Promise<number> {
  const server = createServer();
  server.listen(wanted, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
