import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { decideConflict } from '../../app/passwords/decide-conflict.ts';
import { listWriteBacks } from '../../app/passwords/list-write-backs.ts';
import { retryWriteBacks } from '../../app/passwords/retry-write-backs.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { page, pageOf, timeQuery } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { retriedSchema, retrySchema } from '../schemas/mail.ts';
import {
  settledSchema,
  settleSchema,
  writeBackSchema,
  writeBackStateSchema,
} from '../schemas/write-backs.ts';

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

export function settleRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/write-backs/settle',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Settle a conflict: keep the password set here, or the one of the provider',
        description:
          '`here` delivers it again, compared with what the provider held when the conflict was found: what has changed there since is not overwritten, and is another conflict. All of them at once can only be settled for the provider.',
        body: settleSchema,
        response: { 200: settledSchema },
      },
    },
    async (request) => ({
      settled: await decideConflict(context, request.body, actorOf(callerOf(request))),
    }),
  );
}
