import { z } from 'zod';
import { countRunOutcomes, listRunErrors, listRunRecords } from '../../app/runs/show-run.ts';
import { flagQuery, limitQuery, numberCursor, page, pageOf } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { idParams, type Api, type ApiFace } from '../api/types.ts';
import {
  recordStateSchema,
  runActionSchema,
  runErrorSchema,
  runOutcomesSchema,
  runRecordSchema,
} from '../schemas/runs.ts';

const tags = ['Runs'];

/** What lists and exports of a run's records are narrowed down by. */
export const recordFilter = {
  action: runActionSchema.optional(),
  state: recordStateSchema.optional(),
  recordKey: z.string().max(2_000).optional(),
};

/** The same for the records that could not be used. */
export const errorFilter = {
  open: flagQuery.meta({ description: '`true`: not mended yet; `false`: mended.' }),
  code: z.string().max(100).optional(),
  recordKey: z.string().max(2_000).optional(),
};

/** What a run planned and did, record by record, and counted. */
export function outcomeRoutes(api: Api, face: ApiFace): void {
  countRoute(api, face);
  recordsRoute(api, face);
  errorsRoute(api, face);
}

function countRoute(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/runs/:id/outcomes',
    {
      schema: {
        tags,
        summary: 'How many records by what was planned and what became of it, and faults by code',
        params: idParams,
        response: { 200: runOutcomesSchema },
      },
    },
    async (request) => await countRunOutcomes(context, request.params.id),
  );
}

function recordsRoute(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/runs/:id/records',
    {
      schema: {
        tags,
        summary: 'What a run planned, and what became of it, record by record',
        params: idParams,
        querystring: z.strictObject({ ...recordFilter, limit: limitQuery, cursor: numberCursor }),
        response: { 200: pageOf(runRecordSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const about = { ...filter, after: cursor ?? null, limit: limit + 1 };
      const found = await listRunRecords(context, request.params.id, about);
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );
}

function errorsRoute(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/runs/:id/errors',
    {
      schema: {
        tags,
        summary: 'The records that a run could not use, and why',
        params: idParams,
        querystring: z.strictObject({ ...errorFilter, limit: limitQuery, cursor: numberCursor }),
        response: { 200: pageOf(runErrorSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const about = { ...filter, after: cursor ?? null, limit: limit + 1 };
      const found = await listRunErrors(context, request.params.id, about);
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );
}
