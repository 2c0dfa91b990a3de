import { listAudit as select, type AuditEntry, type AuditFilter } from '../../store/operators/read-audit.ts';
import type { AppContext } from '../context.ts';

export type { AuditEntry, AuditFilter } from '../../store/operators/read-audit.ts';

/** What operators did, newest first. */
export async function listAudit(
  context: Pick<AppContext, 'store'>,
  filter: AuditFilter,
): Promise<readonly AuditEntry[]> {
  return await select(context.store.read, filter);
}
