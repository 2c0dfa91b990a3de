import { z } from 'zod';
import { listAudit, type AuditEntry } from '../../app/operators/list-audit.ts';
import { searchProfiles, type FoundProfile } from '../../app/profiles/search-profiles.ts';
import { DEAR } from '../api/limit-rates.ts';
import { shownTo } from '../api/shown-to.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { auditFilter } from '../operators/audit-routes.ts';
import { profileFilter } from '../profiles/profile-routes.ts';
import { runExports } from './run-exports.ts';
import { EXPORT_FORMAT as format, EXPORT_PAGE as PAGE, sendExport } from './send-export.ts';

const tags = ['Exports'];

/** Whole lists as files, streamed. */
export function exportRoutes(api: Api, face: ApiFace): void {
  exportProfiles(api, face);
  runExports(api, face);
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

function exportAudit(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/exports/audit',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'What operators did',
        querystring: z.strictObject({ ...auditFilter, format }),
      },
    },
    async (request, reply) => {
      const { format: chosen, ...filter } = request.query;
      await sendExport<AuditEntry>(reply, {
        name: 'audit',
        format: chosen,
        columns: ['seq', 'at', 'actor', 'action', 'subject', 'detail'],
        next: async (last) => await listAudit(context, { ...filter, after: last?.seq, limit: PAGE }),
      });
    },
  );
}
