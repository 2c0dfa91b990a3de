import type { FastifyInstance } from 'fastify';
import { endSession } from '../app/passwords/end-session.ts';
import { readAccount } from '../app/passwords/read-account.ts';
import { show, type Face } from './face.ts';

export function accountPage(server: FastifyInstance, face: Face): void {
  server.get('/', async (_request, reply) => await reply.redirect('/account', 303));

  server.get<{ Querystring: Record<string, unknown> }>('/account', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    const account = session === null ? null : await readAccount(face.context, session);
    if (account === null) return await reply.redirect('/sign-in', 303);
    const passwordSet = 'password-set' in request.query;
    await show(
      face,
      { request, reply },
      {
        template: 'account',
        data: { account, passwordSet, writtenBack: account.writeBack?.state === 'written' },
      },
    );
  });

  server.post('/sign-out', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    if (session !== null) await endSession(face.context, session);
    face.cookies.clear(reply, 'session');
    face.cookies.clear(reply, 'change');
    return await reply.redirect('/sign-in?signed-out', 303);
  });
}
