import { z } from 'zod';
import { showRun } from '../../app/runs/show-run.ts';
import { idParams, type Api, type ApiFace } from '../api/types.ts';
import { RunEvents } from './run-events.ts';

const headers = z.looseObject({
  'last-event-id': z.string().max(100).optional().meta({ description: 'Goes on after this event.' }),
});
const DESCRIPTION =
  'An event stream: each event `run` is a run as it is now, its id the moment of the change. `Last-Event-ID` goes ' +
  'on where a broken connection stopped. A comment comes every 15 seconds; the stream ends after 15 minutes.';

/** Progress as it happens, from the rows of the runs. */
export function eventRoutes(api: Api, { context }: ApiFace): void {
  const events = new RunEvents(context);
  api.addHook('preClose', async () => await events.close());

  api.get(
    '/api/v1/runs/events',
    { schema: { tags: ['Runs'], summary: 'Changes of all runs', description: DESCRIPTION, headers } },
    async (request, reply) => {
      await events.stream(reply, { runId: null, after: request.headers['last-event-id'] ?? null });
    },
  );

  api.get(
    '/api/v1/runs/:id/events',
    {
      schema: {
        tags: ['Runs'],
        summary: 'Changes of one run',
        description: DESCRIPTION,
        headers,
        params: idParams,
      },
    },
    async (request, reply) => {
      const { id } = await showRun(context, request.params.id);
      await events.stream(reply, { runId: id, after: request.headers['last-event-id'] ?? null });
    },
  );
}
