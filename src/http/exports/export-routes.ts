import { z } from 'zod';
import { listAudit, type AuditEntry } from '../../app/operators/list-audit.ts';
import { searchProfiles, type FoundProfile } from '../../app/profiles/search-profiles.ts';
import { listRunErrors, listRunRecords } from '../../app/runs/show-run.ts';
import { DEAR } from '../api/limit-rates.ts';
import { shownTo } from '../api/shown-to.ts';
import { idParams, type Api, type ApiFace } from '../api/types.ts';
import { auditFilter } from '../operators/audit-routes.ts';
import { profileFilter } from '../profiles/profile-routes.ts';
import { sendExport } from './send-export.ts';

type RunRecord = Awaited<ReturnType<typeof listRunRecords>>[number];
type RunError = Awaited<ReturnType<typeof listRunErrors>>[number];

const tags = ['Exports'];
const format = z.enum(['csv', 'ndjson']).default('csv');
const PAGE = 1_000;

/** Whole lists as files, streamed. */
export function exportRoutes(api: Api, face: ApiFace): void {
  exportProfiles(api, face);
  exportRun(api, face);
  exportAudit(api, face);
}

function exportProfiles(api: Api, { context }: ApiFace): void {
  const columns = ['id', 'username', 'email', 'displayName', 'provider', 'recordKey', 'enabled'] as const;
  const flags = ['disabledReason', 'forceReset', 'preRegistration', 'invitation'] as const;
  api.get(
    '/api/v1/exports/profiles',
    {
      config: DEAR,
      schema: { tags, summary: 'People', querystring: z.strictObject({ ...profileFilter, format }) },
    },
    async (request, reply) => {
      const { format: chosen, ...query } = request.query;
      await sendExport<FoundProfile>(reply, {
        name: 'profiles',
        format: chosen,
        columns: [...columns, ...flags],
        next: async (last) => {
          const about = { ...query, sort: 'username', after: last?.id, limit: PAGE } as const;
          return shownTo(request, await searchProfiles(context, about));
        },
      });
    },
  );
}

function exportRun(api: Api, { context }: ApiFace): void {
  const querystring = z.strictObject({ format });
  const common = { tags, params: idParams, querystring };
  api.get(
    '/api/v1/exports/runs/:id/records',
    { config: DEAR, schema: { ...common, summary: 'What a run planned, and what became of it' } },
    async (request, reply) => {
      const { id } = request.params;
      await sendExport(reply, {
        name: `run-${id}-records`,
        format: request.query.format,
        columns: ['recordKey', 'action', 'profileId', 'state', 'changes'],
        next: async (last: RunRecord | null) =>
          shownTo(request, await listRunRecords(context, id, { after: last?.id ?? null, limit: PAGE })),
      });
    },
  );

  api.get(
    '/api/v1/exports/runs/:id/errors',
    { config: DEAR, schema: { ...common, summary: 'The records that a run could not use' } },
    async (request, reply) => {
      const { id } = request.params;
      await sendExport(reply, {
        name: `run-${id}-errors`,
        format: request.query.format,
        columns: ['recordKey', 'field', 'code', 'message', 'createdAt', 'resolvedAt'],
        next: async (last: RunError | null) =>
          shownTo(request, await listRunErrors(context, id, { after: last?.id ?? null, limit: PAGE })),
      });
    },
  );
}

function exportAudit(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/exports/audit',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'What operators did, newest first',
        querystring: z.strictObject({ ...auditFilter, format }),
      },
    },
    async (request, reply) => {
      const { format: chosen, ...filter } = request.query;
      await sendExport<AuditEntry>(reply, {
        name: 'audit',
        format: chosen,
        columns: ['seq', 'at', 'actor', 'action', 'subject', 'detail'],
        next: async (last) => await listAudit(context, { ...filter, before: last?.seq, limit: PAGE }),
      });
    },
  );
}
