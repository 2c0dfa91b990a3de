import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { countPendingEffects } from '../../app/outbox/count-pending-effects.ts';
import { listWork } from '../../app/outbox/list-work.ts';
import { retryWork } from '../../app/outbox/retry-work.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { page, pageOf, timeQuery } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { retriedSchema, retrySchema } from '../schemas/mail.ts';
import { waitingWorkSchema, workKindSchema, workSchema, workStateSchema } from '../schemas/work.ts';

const tags = ['Work'];

/** What waits to be done and what was given up, of every kind. */
export function workRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/work',
    {
      schema: {
        tags,
        summary: 'Runs, e-mails and write-backs that were given up or wait, with the reason; by time',
        querystring: z.strictObject({
          state: workStateSchema.default('failed'),
          kind: workKindSchema.optional(),
          ...timeQuery,
        }),
        response: { 200: pageOf(workSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listWork(context, { ...filter, after: cursor, limit: limit + 1 });
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );

  api.get(
    '/api/v1/work/waiting',
    { schema: { tags, summary: 'How much waits, by kind', response: { 200: waitingWorkSchema } } },
    async () => ({ items: await countPendingEffects(context) }),
  );

  api.post(
    '/api/v1/work/retry',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Have work that was given up done again: one, or all',
        body: retrySchema,
        response: { 200: retriedSchema },
      },
    },
    async (request) => ({
      retried: await retryWork(context, request.body, actorOf(callerOf(request))),
    }),
  );
}
