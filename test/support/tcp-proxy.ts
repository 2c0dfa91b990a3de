import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port on loopback that leads to another one, until it is told otherwise. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Cuts every connection, present and to come, on which the server has said so many more bytes; null: none. */
  cutAfter(bytes: number | null): void;
  /** Passes nothing on any more and closes nothing: how a peer looks whose network is gone. New connections hang too. */
  goSilent(): void;
  /** Cuts what is silent, and passes on what comes. */
  recover(): void;
  /** How many connections were cut by {@link cutAfter}. */
  cuts(): number;
  /** Ends of connections that are open now, two for each. */
  ends(): number;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  let limit: number | null = null;
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let said = 0;
    const cut = (): void => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!silent) cut();
      });
    }
    client.on('data', (chunk) => {
      if (!silent) upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (silent) return;
      said = limit === null ? 0 : said + chunk.length;
      if (limit !== null && said > limit) {
        cuts += 1;
        cut();
      } else if (!client.write(chunk)) {
        upstream.pause();
        client.once('drain', () => upstream.resume());
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = (): void => [...sockets].forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (bytes) => {
      limit = bytes;
    },
    goSilent: () => {
      silent = true;
    },
    recover: () => {
      silent = false;
      cutAll();
    },
    cuts: () => cuts,
    ends: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
