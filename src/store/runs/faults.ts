import type { Transaction } from '../transaction.ts';

/** Keys of the records that a run could not use and nobody has mended yet, in order, after `after`. */
export async function faultyKeys(
  tx: Transaction,
  runId: string,
  stretch: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await tx.query<{ record_key: string }[]>(
    `SELECT DISTINCT record_key FROM run_errors
     WHERE run_id = $1 AND resolved_at IS NULL AND record_key > $2 ORDER BY record_key LIMIT $3`,
    [runId, stretch.after, stretch.limit],
  );
  return rows.map((row) => row.record_key);
}

/** Settles the open faults of records that have now been used, in every earlier run of the provider. */
export async function resolveFaults(
  tx: Transaction,
  providerId: string,
  about: { readonly keys: readonly string[]; readonly runId: string },
): Promise<void> {
  if (about.keys.length === 0) return;
  await tx.query(
    `UPDATE run_errors e SET resolved_at = now() FROM runs r
     WHERE r.id = e.run_id AND r.provider_id = $1 AND e.run_id <> $3
       AND e.record_key = ANY ($2::text[]) AND e.resolved_at IS NULL`,
    [providerId, about.keys, about.runId],
  );
}
