import { connect } from 'node:net';

const PROBE_MS = 5_000;

/** @returns null when a TCP connection can be made, otherwise the reason's code. */
export async function probeTcp(address: string, port: number, signal: AbortSignal): Promise<string | null> {
  signal.throwIfAborted();
  const socket = connect({ host: address, port, timeout: PROBE_MS, signal });
  try {
    return await new Promise<string | null>((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'ERROR'));
      socket.once('timeout', () => resolve('ETIMEDOUT'));
      socket.once('connect', () => resolve(null));
    });
  } finally {
    socket.destroy();
  }
}
