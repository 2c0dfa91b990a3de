import { z } from 'zod';
import { listEmails } from '../../app/mail/list-emails.ts';
import { retryEmails } from '../../app/mail/retry-emails.ts';
import { actorOf } from '../../app/operators/caller.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { page, pageOf, timeQuery } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { emailSchema, emailStateSchema, retriedSchema, retrySchema } from '../schemas/mail.ts';

const tags = ['E-mail'];

export function emailRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/emails',
    {
      schema: {
        tags,
        summary: 'E-mails with the state of their links, by time',
        querystring: z.strictObject({
          state: emailStateSchema.optional(),
          profileId: z.uuid().optional(),
          provider: z.string().max(63).optional(),
          ...timeQuery,
        }),
        response: { 200: pageOf(emailSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listEmails(context, { ...filter, after: cursor, limit: limit + 1 });
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );

  api.post(
    '/api/v1/emails/retry',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Have e-mails that failed sent again: one, or all',
        body: retrySchema,
        response: { 200: retriedSchema },
      },
    },
    async (request) => {
      const ids = await retryEmails(context, request.body, actorOf(callerOf(request)));
      return { retried: ids.length };
    },
  );
}
