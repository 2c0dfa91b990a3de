import type { FastifyInstance } from 'fastify';
import { endOwnSessions } from '../app/passwords/end-own-sessions.ts';
import { endSession } from '../app/passwords/end-session.ts';
import { readAccount, type Account } from '../app/passwords/read-account.ts';
import { browserName } from './browser-name.ts';
import { show, type Face } from './face.ts';
import { readForm, sessionsForm } from './forms.ts';
import { returnTo } from './return-to.ts';

export function accountPage(server: FastifyInstance, face: Face): void {
  server.get('/', async (_request, reply) => await reply.redirect('/account', 303));

  server.get<{ Querystring: Record<string, unknown> }>('/account', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    const account = session === null ? null : await readAccount(face.context, session);
    if (account === null) return await reply.redirect('/sign-in', 303);
    const data = {
      account,
      sessions: sessionsShown(account),
      passwordSet: 'password-set' in request.query,
      sessionsEnded: 'sessions-ended' in request.query,
      ...goOn(returnTo(face, request)),
    };
    await show(face, { request, reply }, { template: 'account', data });
  });

  server.post('/account/sessions', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    const which = readForm(sessionsForm, request.body)?.session ?? '';
    const known = session !== null && (await endOwnSessions(face.context, { session, which }));
    return await reply.redirect(known ? '/account?sessions-ended' : '/sign-in', 303);
  });

  server.post('/sign-out', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    if (session !== null) await endSession(face.context, session);
    face.cookies.clear(reply, 'session');
    face.cookies.clear(reply, 'change');
    return await reply.redirect('/sign-in?signed-out', 303);
  });
}

function sessionsShown({ sessions }: Account): readonly object[] {
  return sessions.map(({ id, address, userAgent, seenAt, here }) => ({
    ...{ id, address, here, seenAt: seenAt.toISOString() },
    ...browserName(userAgent),
  }));
}

function goOn(address: string | null): { returnTo: string | null; returnHost: string | null } {
  return { returnTo: address, returnHost: address === null ? null : new URL(address).host };
}
