import type { FastifyInstance } from 'fastify';
import { requestReset } from '../app/passwords/request-reset.ts';
import { show, UNACCEPTABLE, type Face } from './face.ts';
import { forgotForm, readForm } from './forms.ts';

const NOBODY = [{ field: 'username', text: 'forgot.nobody' }];

export function forgotPage(server: FastifyInstance, face: Face): void {
  server.get('/password/forgot', async (request, reply) => {
    await show(face, { request, reply }, { template: 'forgot' });
  });

  server.post('/password/forgot', async (request, reply) => {
    const form = readForm(forgotForm, request.body);
    if (form === null || form.username.trim() === '') {
      await show(
        face,
        { request, reply },
        { template: 'forgot', status: UNACCEPTABLE, data: { faults: NOBODY } },
      );
      return;
    }
    await requestReset(face.context, { name: form.username, address: request.ip });
    await show(face, { request, reply }, { template: 'link-sent' });
  });
}
