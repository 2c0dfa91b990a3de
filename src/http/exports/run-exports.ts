import { z } from 'zod';
import { listRunErrors, listRunRecords } from '../../app/runs/show-run.ts';
import { DEAR } from '../api/limit-rates.ts';
import { shownTo } from '../api/shown-to.ts';
import { idParams, type Api, type ApiFace } from '../api/types.ts';
import { errorFilter, recordFilter } from '../runs/outcome-routes.ts';
import { EXPORT_FORMAT as format, EXPORT_PAGE as PAGE, sendExport } from './send-export.ts';

type RunRecord = Awaited<ReturnType<typeof listRunRecords>>[number];
type RunError = Awaited<ReturnType<typeof listRunErrors>>[number];

const common = { tags: ['Exports'], params: idParams };

/** What a run planned and could not use, as files. */
export function runExports(api: Api, face: ApiFace): void {
  exportRecords(api, face);
  exportErrors(api, face);
}

function exportRecords(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/exports/runs/:id/records',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'What a run planned, and what became of it',
        querystring: z.strictObject({ ...recordFilter, format }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { format: chosen, ...filter } = request.query;
      await sendExport(reply, {
        name: `run-${id}-records`,
        format: chosen,
        columns: ['recordKey', 'action', 'profileId', 'username', 'state', 'changes'],
        next: async (last: RunRecord | null) =>
          shownTo(
            request,
            await listRunRecords(context, id, { ...filter, after: last?.id ?? null, limit: PAGE }),
          ),
      });
    },
  );
}

function exportErrors(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/exports/runs/:id/errors',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'The records that a run could not use',
        querystring: z.strictObject({ ...errorFilter, format }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { format: chosen, ...filter } = request.query;
      await sendExport(reply, {
        name: `run-${id}-errors`,
        format: chosen,
        columns: ['recordKey', 'field', 'code', 'message', 'createdAt', 'resolvedAt'],
        next: async (last: RunError | null) =>
          shownTo(
            request,
            await listRunErrors(context, id, { ...filter, after: last?.id ?? null, limit: PAGE }),
          ),
      });
    },
  );
}
