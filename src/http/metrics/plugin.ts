import type { FastifyInstance } from 'fastify';
import { authenticateToken } from '../../app/operators/authenticate.ts';
import type { AppContext } from '../../app/context.ts';
import { readGauges } from '../../app/operators/read-gauges.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { Metrics } from './metrics.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * `/metrics`: for tokens with the scope `metrics`. Without a token for this
 * machine alone, by the address of the connection and not by what a proxy
 * says; a request that came through a proxy is not from this machine.
 */
export function metrics(server: FastifyInstance, context: AppContext): void {
  const figures = new Metrics();
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const about = { method: request.method, route, status: String(reply.statusCode) };
    figures.noteRequest(about, reply.elapsedTime / 1_000);
    await Promise.resolve();
  });
  server.get('/metrics', async (request, reply) => {
    const { authorization } = request.headers;
    const [, token] = /^Bearer (\S{1,200})$/i.exec(authorization ?? '') ?? [];
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
    const local = LOOPBACK.has(request.socket.remoteAddress ?? '') && forwarded === undefined;
    if (token !== undefined) await requireScope(context, new Secret(token));
    else if (!local) throw refused();
    await reply
      .header('cache-control', 'no-store')
      .type(figures.contentType)
      .send(await figures.text(await readGauges(context)));
  });
}

async function requireScope(context: AppContext, token: Secret): Promise<void> {
  const caller = await authenticateToken(context, token);
  if (caller.kind === 'token' && caller.scopes.includes('metrics')) return;
  throw new AppError({
    kind: 'forbidden',
    code: 'SCOPE_MISSING',
    message: 'This takes a token with the scope metrics.',
  });
}

function refused(): AppError {
  return new AppError({
    kind: 'unauthenticated',
    code: 'NOT_SIGNED_IN',
    message: 'Figures are for this machine, and for tokens with the scope metrics.',
    remedy: 'Make one with: bin/tributary token create NAME --scope metrics',
  });
}
