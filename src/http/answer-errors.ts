import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../connectors/contract/tools.ts';
import { problemOf, statusOf } from './problem.ts';

/** What an error page is made of; nothing in it tells how the failure came about. */
export interface ErrorPageAbout {
  readonly status: number;
  readonly requestId: string;
  readonly acceptLanguage: string | undefined;
}

/** @returns a whole HTML document. */
export type ErrorPage = (about: ErrorPageAbout) => Promise<string>;

/** What programs ask for; everything else is asked for by people. */
const FOR_PROGRAMS = /^\/(api|hooks|health|metrics)(\/|\?|$)|\.json(\?|$)/;
const RETRY_AFTER_SECONDS = '2';

/** People get a page, programs get problem+json; what is unforeseen is logged with its cause and shown without it. */
export function answerErrors(server: FastifyInstance, logger: Logger, errorPage: ErrorPage | null): void {
  const answer = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const status = statusOf(error);
    // The route and not the URL, which may hold a token.
    const about = { requestId: request.id, method: request.method, route: request.routeOptions.url, error };
    if (status === 500) logger.error('a request failed', about);
    if (status === 503) {
      logger.warn('a request could not be served', about);
      reply.header('retry-after', RETRY_AFTER_SECONDS);
    }
    await send({ error, request, reply, errorPage });
  };
  server.setErrorHandler(answer);
  server.setNotFoundHandler(async (request, reply) => {
    await send({ error: NOT_FOUND, request, reply, errorPage });
  });
}

/** For what fails before it reaches a route: a path that cannot be decoded, or is far too long. */
export async function answerUnrouted(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  await reply
    .code(statusOf(error))
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(error, request.id)));
}

const NOT_FOUND = Object.assign(new Error('not found'), { statusCode: 404 });

async function send(about: {
  error: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
  errorPage: ErrorPage | null;
}): Promise<void> {
  const { error, request, reply, errorPage } = about;
  const status = statusOf(error);
  reply.code(status).header('cache-control', 'no-store');
  if (errorPage === null || FOR_PROGRAMS.test(request.url)) {
    await reply
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(error, request.id)));
    return;
  }
  const acceptLanguage = request.headers['accept-language'];
  await reply
    .type('text/html; charset=utf-8')
    .send(await errorPage({ status, requestId: request.id, acceptLanguage }));
}
