import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { listWriteBacks } from '../../app/passwords/list-write-backs.ts';
import { retryWriteBacks } from '../../app/passwords/retry-write-backs.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { page, pageOf, timeQuery } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { retriedSchema, retrySchema } from '../schemas/mail.ts';
import { writeBackSchema, writeBackStateSchema } from '../schemas/write-backs.ts';

const tags = ['Write-backs'];

export function writeBackRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/write-backs',
    {
      schema: {
        tags,
        summary: 'Passwords on their way to providers, by time; never a hash',
        querystring: z.strictObject({
          state: writeBackStateSchema.optional(),
          profileId: z.uuid().optional(),
          provider: z.string().max(63).optional(),
          ...timeQuery,
        }),
        response: { 200: pageOf(writeBackSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listWriteBacks(context, { ...filter, after: cursor, limit: limit + 1 });
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );

  api.post(
    '/api/v1/write-backs/retry',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Have passwords carried to their providers again: one, or all',
        body: retrySchema,
        response: { 200: retriedSchema },
      },
    },
    async (request) => {
      const ids = await retryWriteBacks(context, request.body, actorOf(callerOf(request)));
      return { retried: ids.length };
    },
  );
}
