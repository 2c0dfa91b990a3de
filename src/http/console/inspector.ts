import type { FastifyPluginAsync } from 'fastify';
import type { AppContext } from '../../app/context.ts';
import { admit } from '../api/guard-routes.ts';
import { operatorCookie } from '../api/operator-cookie.ts';
import { problemOf, statusOf } from '../problem.ts';

/** Where the queues are looked into. */
export const INSPECTOR_PATH = '/console/queues';

/** Its own scripts and styles and nothing else's; it writes styles inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Puts pages that look into the queues behind the console's session, for admins
 * alone. Whoever is not signed in is led to where that is done.
 *
 * @param board the pages themselves; see `jobs/inspector.ts`.
 */
export function inspector(context: AppContext, board: FastifyPluginAsync): FastifyPluginAsync {
  const cookie = operatorCookie(context.settings.publicUrl);
  return async (server) => {
    if (!server.hasRequestDecorator('caller')) server.decorateRequest('caller', null);
    server.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('content-security-policy', POLICY);
      const isPage = request.headers['sec-fetch-mode'] === 'navigate';
      if (isPage && cookie.read(request) === null) {
        await reply.redirect(`/console/sign-in?to=${encodeURIComponent('/work')}`);
        return;
      }
      try {
        await admit({ context, cookie, request }, { least: 'admin', scope: null });
      } catch (error) {
        // Answered here: the pages have an answer of their own for errors, which is 500 for every one.
        await reply
          .code(statusOf(error))
          .type('application/problem+json; charset=utf-8')
          .send(JSON.stringify(problemOf(error, request.id)));
      }
    });
    await server.register(board);
  };
}
