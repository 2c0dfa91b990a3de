import { emailSchema, retriedSchema } from '../../http/schemas/mail.ts';
import { manyReportSchema } from '../../http/schemas/many.ts';
import type { EmailAsks, ToMany } from '../asks/mail.ts';
import type { Asked, Server } from './server.ts';
import { stretchQuery } from './stretch-query.ts';

export function remoteEmails(server: Server): EmailAsks {
  const many = (verb: string, { people, ...about }: ToMany): Asked => ({
    method: 'POST',
    path: `/emails/${verb}`,
    body: { ...people, ...about },
  });
  return {
    list: ({ limit, ...about }) =>
      server.list(emailSchema, { path: '/emails', query: stretchQuery(about) }, limit),
    retry: (which) => server.ask(retriedSchema, { method: 'POST', path: '/emails/retry', body: which }),
    resend: (about) => server.ask(manyReportSchema, many('resend', about)),
    hold: (about) => server.ask(manyReportSchema, many('hold', about)),
    release: (about) => server.ask(manyReportSchema, many('release', about)),
  };
}
