import type { FastifyReply } from 'fastify';

const LONGEST_MS = 60_000;

/** Aborts when the client goes away before the answer, and after a minute in any case. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client went away'));
  });
  return AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_MS)]);
}
