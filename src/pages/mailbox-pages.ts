import type { FastifyInstance } from 'fastify';
import { listCaptured, readCaptured, type CapturedMail } from '../app/mail/captured-mailbox.ts';
import { missing } from '../kernel/errors.ts';
import { show, type Face } from './face.ts';

interface ById {
  readonly Params: { readonly id: string };
}

/** Mail as it would have gone out, for installations without an SMTP server. */
export function mailboxPages(server: FastifyInstance, face: Face, mailDirectory: string): void {
  const read = async (id: string): Promise<CapturedMail> => {
    const mail = await readCaptured(mailDirectory, id);
    if (mail === null) throw missing('mail', id);
    return mail;
  };
  server.get('/mailbox', async (request, reply) => {
    const mails = await listCaptured(mailDirectory);
    await show(face, { request, reply }, { template: 'mailbox', data: { mails } });
  });
  server.get('/mailbox.json', async (_request, reply) => {
    await reply.send(await listCaptured(mailDirectory));
  });
  server.get<ById>('/mailbox/:id', async (request, reply) => {
    const mail = await read(request.params.id);
    await show(face, { request, reply }, { template: 'mail', data: { mail } });
  });
  server.get<ById>('/mailbox/:id/html', async (request, reply) => {
    const mail = await read(request.params.id);
    await reply
      .header('content-security-policy', MAIL_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .type('text/html; charset=utf-8')
      .send(opensLinksOutside(mail.html));
  });
}

/** A mail runs no script, loads nothing and is shown in our frame alone; links open in a tab of their own. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';

function opensLinksOutside(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, `$&${base}`) : `${base}${html}`;
}
