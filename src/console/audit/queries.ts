import type { z } from 'zod';
import type { auditEntrySchema } from '../../http/schemas/operators.ts';
import { pagesOf } from '../api/pages.ts';
import type { Wire } from '../api/wire.ts';

export type AuditEntry = Wire<z.output<typeof auditEntrySchema>>;

export const auditQuery = pagesOf<AuditEntry>('/audit');
