import type { z } from 'zod';
import type { auditEntrySchema, auditReportSchema } from '../../http/schemas/operators.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { stretchQueryOf } from '../shell/read-stretch.ts';
import type { AuditSearch } from './read-filter.ts';

export type AuditEntry = Wire<z.output<typeof auditEntrySchema>>;
export type AuditReport = Wire<z.output<typeof auditReportSchema>>;

export const auditQuery = (search: AuditSearch) => pagesOf<AuditEntry>('/audit', stretchQueryOf(search));

/** Follows the whole chain, which takes as long as the log is. */
export async function verifyAudit(): Promise<AuditReport> {
  return await get('/audit/verify', { method: 'POST' });
}
