import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface BreakingProxy extends AsyncDisposable {
  readonly origin: string;
  /** Resolves once so many streams of events were asked for. */
  streamsBegun(count: number): Promise<void>;
}

/** Hands requests on, and breaks the first `broken` streams of events, each at its first event. */
export async function breakingProxy(target: string, broken: number): Promise<BreakingProxy> {
  let streams = 0;
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const isStream = request.url?.endsWith('/events') === true;
    if (isStream) {
      streams += 1;
      [...waiting].forEach((wake) => wake());
    }
    const breaks = isStream && streams <= broken;
    handOn(target, request, response, breaks).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    streamsBegun: async (count) => {
      while (streams < count) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handOn(
  target: string,
  request: IncomingMessage,
  ...[response, breaks]: [ServerResponse, boolean]
): Promise<void> {
  const body = await buffer(request);
  const { method = 'GET', url = '' } = request;
  const answer = await fetch(`${target}${url}`, {
    method,
    headers: sentOn(request),
    ...(body.length === 0 ? {} : { body }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  for await (const chunk of answer.body ?? []) {
    response.write(chunk);
    if (!breaks || !Buffer.from(chunk as Uint8Array).includes('event: run')) continue;
    response.destroy();
    return;
  }
  response.end();
}

const PASSED = ['authorization', 'content-type', 'last-event-id'];

function sentOn({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
