import { z } from 'zod';
import { TEMPLATES, templateDefinition } from '../../../connectors/templates/index.ts';
import { listFormats } from '../../app/providers/list-formats.ts';
import { nextRuns } from '../../app/providers/next-runs.ts';
import type { Api } from '../api/types.ts';
import { cron, timeZone } from '../schemas/changes.ts';
import { passwordFormatSchema, templateSchema } from '../schemas/choices.ts';
import { list, time } from '../schemas/shapes.ts';

const tags = ['Providers'];
const MOST_TIMES = 50;
const USUAL_TIMES = 5;

/** What somebody who writes a definition chooses from. */
export function choiceRoutes(api: Api): void {
  api.get(
    '/api/v1/templates',
    {
      schema: {
        tags,
        summary: 'Ready-made definitions for well-known applications',
        response: { 200: z.object({ items: list(templateSchema) }) },
      },
    },
    () => ({
      items: TEMPLATES.map(({ name, application, connectors, notes, tested, ...template }) => ({
        name,
        application,
        notes,
        tested,
        connectors: connectors.map((connector) => ({
          connector,
          definition: templateDefinition(
            { ...template, name, application, connectors, notes, tested },
            connector,
          ),
        })),
      })),
    }),
  );

  api.get(
    '/api/v1/password-formats',
    {
      schema: {
        tags,
        summary: 'Formats of stored passwords that a definition may name',
        response: { 200: z.object({ items: list(passwordFormatSchema) }) },
      },
    },
    () => ({ items: listFormats() }),
  );
}

export function scheduleRoute(api: Api): void {
  api.get(
    '/api/v1/schedules/next',
    {
      schema: {
        tags,
        summary: 'When runs on a schedule would be due, from now on',
        querystring: z.strictObject({
          cron: cron.meta({ description: 'Minute, hour, day, month and weekday.' }),
          timeZone: timeZone
            .optional()
            .meta({ description: 'An IANA name; the server\u2019s unless given.' }),
          count: z.coerce.number().int().min(1).max(MOST_TIMES).default(USUAL_TIMES),
        }),
        response: { 200: z.object({ items: list(time) }) },
      },
    },
    async (request) => ({ items: await nextRuns(request.query) }),
  );
}
