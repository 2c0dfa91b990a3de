import type { FastifyInstance } from 'fastify';
import { readSession } from '../app/passwords/read-session.ts';
import { signIn, TICKET_SECONDS } from '../app/passwords/sign-in.ts';
import { show, UNACCEPTABLE, visitorOf, type Face } from './face.ts';
import { readForm, signInForm } from './forms.ts';
import { allowReturn, returnTo, withReturn } from './return-to.ts';

/** One text for every reason, on the field that a person looks at first. */
const REFUSED = [{ field: 'username', text: 'signIn.refused' }];

export function signInPage(server: FastifyInstance, face: Face): void {
  server.get<{ Querystring: Record<string, unknown> }>('/sign-in', async (request, reply) => {
    const session = face.cookies.read(request, 'session');
    const goOn = returnTo(face, request);
    if (session !== null && (await readSession(face.context, session)) !== null)
      return await reply.redirect(goOn ?? '/account', 303);
    allowReturn(reply, goOn);
    const signedOut = 'signed-out' in request.query;
    await show(face, { request, reply }, { template: 'sign-in', data: { signedOut, returnTo: goOn } });
  });

  server.post('/sign-in', async (request, reply) => {
    const form = readForm(signInForm, request.body);
    const goOn = returnTo(face, request);
    const outcome =
      form === null
        ? ({ outcome: 'refused' } as const)
        : await signIn(face.context, {
            name: form.username,
            password: form.password,
            visitor: visitorOf(request),
          });
    if (outcome.outcome === 'refused') {
      allowReturn(reply, goOn);
      const data = { faults: REFUSED, username: form?.username ?? '', returnTo: goOn };
      await show(face, { request, reply }, { template: 'sign-in', status: UNACCEPTABLE, data });
      return;
    }
    if (outcome.outcome === 'change-required') {
      face.cookies.clear(reply, 'session');
      face.cookies.write(reply, { name: 'change', value: outcome.ticket, seconds: TICKET_SECONDS });
      return await reply.redirect(withReturn('/password/change', goOn), 303);
    }
    const seconds = face.context.settings.sessionHours * 3_600;
    face.cookies.clear(reply, 'change');
    face.cookies.write(reply, { name: 'session', value: outcome.admitted, seconds });
    return await reply.redirect(goOn ?? '/account', 303);
  });
}
