import { z } from 'zod';
import { readAnchors } from '../../app/operators/audit-anchor.ts';
import { listAudit } from '../../app/operators/list-audit.ts';
import { verifyAudit } from '../../app/operators/verify-audit.ts';
import { DEAR } from '../api/limit-rates.ts';
import { limitQuery, numberCursor, page, pageOf, timeQuery } from '../api/paging.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { auditEntrySchema, auditReportSchema, auditVerifySchema } from '../schemas/operators.ts';

const tags = ['Audit'];

/** What the log is narrowed down by, in lists and exports. */
export const auditFilter = {
  actor: z.string().max(200).optional(),
  action: z
    .string()
    .max(100)
    .optional()
    .meta({ description: '`provider.apply`, or `provider` for all of that kind.' }),
  subject: z.string().max(300).optional(),
  sort: timeQuery.sort,
  since: timeQuery.since,
  until: timeQuery.until,
};

export function auditRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/audit',
    {
      schema: {
        tags,
        summary: 'What operators did',
        querystring: z.strictObject({ ...auditFilter, limit: limitQuery, cursor: numberCursor }),
        response: { 200: pageOf(auditEntrySchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listAudit(context, { ...filter, after: cursor, limit: limit + 1 });
      return page(found, limit, ({ seq }) => seq);
    },
  );

  api.post(
    '/api/v1/audit/verify',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'Look whether anything was edited, removed, moved or cut off',
        body: auditVerifySchema,
        response: { 200: auditReportSchema },
      },
    },
    async (request) => await verifyAudit(context, readAnchors(request.body?.anchors ?? [])),
  );
}
