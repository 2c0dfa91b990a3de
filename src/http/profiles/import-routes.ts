import type { Readable } from 'node:stream';
import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { checkImport, importProfiles } from '../../app/profiles/import-profiles.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { DEAR } from '../api/limit-rates.ts';
import { flagQuery } from '../api/paging.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { importPreviewSchema, importReportSchema } from '../schemas/profiles.ts';
import { limitBytes } from './limit-bytes.ts';

const tags = ['Profiles'];
const body = z.custom<Readable>().meta({ description: 'CSV with a header, as `text/csv`.' });

/** Files of people. The body is the file itself, read as it comes. */
export function importRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/imports/preview',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'What an import would do: the first people, and what is wrong by row. Changes nothing',
        consumes: ['text/csv'],
        body,
        response: { 200: importPreviewSchema },
      },
    },
    async (request) => await checkImport(context, limitBytes(request.body)),
  );

  api.post(
    '/api/v1/imports',
    {
      config: { ...DEAR, ...ONCE },
      schema: {
        tags,
        summary: 'Enter the people of a CSV file; all of them or nobody, unless partial',
        consumes: ['text/csv'],
        querystring: z.strictObject({ partial: flagQuery, hold: flagQuery }),
        body,
        response: { 200: importReportSchema },
      },
    },
    async (request) => {
      const { partial = false, hold = false } = request.query;
      const actor = actorOf(callerOf(request));
      return await importProfiles(context, { stream: limitBytes(request.body), partial, hold, actor });
    },
  );
}
