import type { Transaction } from '../transaction.ts';

/** Plans to disable the people whose records, asked for by key, do not exist. @returns how many. */
export async function planRemovals(
  tx: Transaction,
  about: { readonly runId: string; readonly providerId: string; readonly keys: readonly string[] },
): Promise<number> {
  if (about.keys.length === 0) return 0;
  const rows = await tx.query<{ id: string }[]>(
    `INSERT INTO run_records (run_id, record_key, action, profile_id, changes)
     SELECT $1, record_key, 'disable', profile_id, '{"enabled": {"from": "true", "to": "false"}}'
     FROM links WHERE provider_id = $2 AND record_key = ANY ($3::text[]) AND gone_at IS NULL
     ORDER BY record_key
     RETURNING id`,
    [about.runId, about.providerId, about.keys],
  );
  return rows.length;
}
