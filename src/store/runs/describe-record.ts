import type { FieldChange } from '../../domain/runs/run.ts';
import type { Transaction } from '../transaction.ts';

/** The person a record stands for, and what one run changed about them. */
export interface DescribedRecord {
  readonly profileId: string | null;
  readonly username: string | null;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

export async function describeRecord(
  tx: Transaction,
  about: { readonly runId: string; readonly provider: string; readonly recordKey: string },
): Promise<DescribedRecord> {
  const rows = await tx.query<DescribedRecord[]>(
    `SELECT f.id AS "profileId", f.username,
       coalesce((SELECT e.detail->'changes' FROM profile_events e
                 WHERE e.profile_id = f.id AND e.cause->>'runId' = $1 ORDER BY e.id DESC LIMIT 1), '{}') AS changes
     FROM links l JOIN providers p ON p.id = l.provider_id JOIN profiles f ON f.id = l.profile_id
     WHERE p.name = $2 AND l.record_key = $3`,
    [about.runId, about.provider, about.recordKey],
  );
  return rows[0] ?? { profileId: null, username: null, changes: {} };
}
