import type { Readable } from 'node:stream';
import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { checkImport, importProfiles } from '../../app/profiles/import-profiles.ts';
import { lookAtFile } from '../../app/profiles/look-at-file.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { DEAR } from '../api/limit-rates.ts';
import { flagQuery } from '../api/paging.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { fileLookSchema, importPreviewSchema, importReportSchema } from '../schemas/profiles.ts';
import { columnsQuery } from './columns-query.ts';
import { limitBytes } from './limit-bytes.ts';
import { tellProgress } from './tell-progress.ts';

const tags = ['Profiles'];
const body = z.custom<Readable>().meta({ description: 'CSV with a header, as `text/csv`.' });
const file = { tags, consumes: ['text/csv'], body };

/** Files of people. The body is the file itself, read as it comes. */
export function importRoutes(api: Api, face: ApiFace): void {
  lookRoutes(api, face);
  enterRoute(api, face);
}

function lookRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/imports/columns',
    {
      config: DEAR,
      schema: {
        ...file,
        summary: 'The columns of a file, and what each most likely holds; its beginning is enough',
        response: { 200: fileLookSchema },
      },
    },
    async (request) => await lookAtFile(limitBytes(request.body)),
  );

  api.post(
    '/api/v1/imports/preview',
    {
      config: DEAR,
      schema: {
        ...file,
        summary: 'What an import would do: the first people, and what is wrong by row. Changes nothing',
        querystring: z.strictObject({ columns: columnsQuery }),
        response: { 200: importPreviewSchema },
      },
    },
    async (request) => {
      const { columns } = request.query;
      return await checkImport(context, { stream: limitBytes(request.body), columns });
    },
  );
}

function enterRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/imports',
    {
      config: { ...DEAR, ...ONCE },
      schema: {
        ...file,
        summary: 'Enter the people of a CSV file; all of them or nobody, unless partial',
        description:
          'With `progress` the answer is NDJSON: a line `{"progress": …}` now and then, and at the end `{"report": …}` or `{"problem": …}`.',
        querystring: z.strictObject({
          partial: flagQuery,
          hold: flagQuery,
          progress: flagQuery,
          columns: columnsQuery,
        }),
        response: { 200: importReportSchema },
      },
    },
    async (request, reply) => {
      const { partial = false, hold = false, progress = false, columns } = request.query;
      const actor = actorOf(callerOf(request));
      const about = { stream: limitBytes(request.body), partial, hold, actor, columns };
      if (!progress) return await importProfiles(context, about);
      return tellProgress(
        { request, reply, logger: context.logger },
        async (onProgress) => await importProfiles(context, { ...about, onProgress }),
      );
    },
  );
}
