import { connect, type Socket } from 'node:net';

const PROBE_MS = 5_000;

/** The eight bytes with which every PostgreSQL client asks for TLS: a length and the code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const YES = 'S'.charCodeAt(0);

/** @returns null when a TCP connection can be made, otherwise the reason's code. */
export async function probeTcp(address: string, port: number, signal: AbortSignal): Promise<string | null> {
  return await ask(address, port, { signal, connected: (_, settle) => settle(null), failed: (code) => code });
}

/** @returns null when the server does not say. */
export async function offersTls(address: string, port: number, signal: AbortSignal): Promise<boolean | null> {
  return await ask<boolean | null>(address, port, {
    signal,
    connected: (socket, settle) => {
      socket.once('data', (answer) => settle(answer[0] === YES));
      socket.once('close', () => settle(null));
      socket.write(SSL_REQUEST);
    },
    failed: () => null,
  });
}

interface Question<T> {
  readonly signal: AbortSignal;
  readonly connected: (socket: Socket, settle: (answer: T) => void) => void;
  readonly failed: (code: string) => T;
}

async function ask<T>(host: string, port: number, question: Question<T>): Promise<T> {
  question.signal.throwIfAborted();
  const socket = connect({ host, port, timeout: PROBE_MS, signal: question.signal });
  try {
    return await new Promise<T>((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(question.failed(error.code ?? 'ERROR')));
      socket.once('timeout', () => resolve(question.failed('ETIMEDOUT')));
      socket.once('connect', () => question.connected(socket, resolve));
    });
  } finally {
    socket.destroy();
  }
}
