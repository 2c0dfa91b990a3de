import { z } from 'zod';
import { previewTemplate } from '../../app/mail/preview-template.ts';
import { sendTest } from '../../app/mail/send-test.ts';
import { DEAR } from '../api/limit-rates.ts';
import { signalOf } from '../api/request-signal.ts';
import { sessionOf, type Api, type ApiFace } from '../api/types.ts';
import { previewSchema, schemeSchema, templatesSchema, testSentSchema } from '../schemas/mail.ts';

const tags = ['E-mail'];
const params = z.object({ kind: z.string().min(1).max(100), language: z.string().min(1).max(100) });

/** The words of every e-mail, as they would be read, and a test of how they arrive. */
export function templateRoutes(api: Api, face: ApiFace): void {
  listRoute(api, face);
  htmlRoute(api, face);
  testRoute(api, face);
}

function listRoute(api: Api, { context, mail }: ApiFace): void {
  api.get(
    '/api/v1/email-templates',
    {
      schema: {
        tags,
        summary: 'Every e-mail in every language there is',
        response: { 200: templatesSchema },
      },
    },
    async () => ({ items: await mail().templates() }),
  );

  api.get(
    '/api/v1/email-templates/:kind/:language',
    {
      schema: {
        tags,
        summary: 'An e-mail filled with an invented person: subject and text',
        params,
        response: { 200: previewSchema },
      },
    },
    async (request) => {
      const { template, subject, text } = await previewTemplate(context, mail(), request.params);
      return { ...template, subject, text };
    },
  );
}

/**
 * Nothing runs, loads or leads anywhere, whatever a template says: the page is in a
 * sandbox, also when it is opened by itself. E-mails carry their styles inline.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

const DARK = /@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g;

function htmlRoute(api: Api, { context, mail }: ApiFace): void {
  api.get(
    '/api/v1/email-templates/:kind/:language/html',
    {
      schema: {
        tags,
        summary: 'The same as HTML, for a frame; as it looks in light or dark mail programs',
        params,
        querystring: z.strictObject({ scheme: schemeSchema.default('light') }),
      },
    },
    async (request, reply) => {
      const { html } = await previewTemplate(context, mail(), request.params);
      const wanted = request.query.scheme === 'dark' ? '@media all' : '@media not all';
      await reply
        .header('content-security-policy', POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .type('text/html; charset=utf-8')
        .serializer((payload: string) => payload)
        .send(html.replaceAll(DARK, wanted));
    },
  );
}

function testRoute(api: Api, { context, mail }: ApiFace): void {
  api.post(
    '/api/v1/email-templates/:kind/:language/test',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'Send it to one’s own address',
        params,
        response: { 200: testSentSchema },
      },
    },
    async (request, reply) => {
      const about = { which: request.params, caller: sessionOf(request), signal: signalOf(reply) };
      return await sendTest(context, mail(), about);
    },
  );
}
