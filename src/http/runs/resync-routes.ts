import { actorOf } from '../../app/operators/caller.ts';
import { explainResync } from '../../app/runs/explain-resync.ts';
import { DEAR } from '../api/limit-rates.ts';
import { signalOf } from '../api/request-signal.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, nameParams, type Api, type ApiFace } from '../api/types.ts';
import { resyncRequestSchema, resyncSchema } from '../schemas/runs.ts';

/** One person by the key of their record, whether they have a profile yet or not. */
export function resyncRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/providers/:name/resync',
    {
      config: DEAR,
      schema: {
        tags: ['Runs'],
        summary: 'Bring one person into step by their record’s key, explained in five steps',
        params: nameParams,
        body: resyncRequestSchema,
        response: { 200: resyncSchema },
      },
    },
    async (request, reply) => {
      const record = { provider: request.params.name, recordKey: request.body.recordKey };
      const cause = { kind: 'operator', name: actorOf(callerOf(request)) } as const;
      const report = await explainResync(context, { ...record, cause, signal: signalOf(reply) });
      return shownTo(request, report);
    },
  );
}
