import type { Transaction } from '../transaction.ts';

/** The keys that a run has staged, in order, after `after`. */
export async function nextStaged(
  tx: Transaction,
  runId: string,
  stretch: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await tx.query<{ record_key: string }[]>(
    'SELECT record_key FROM run_seen WHERE run_id = $1 AND record_key > $2 ORDER BY record_key LIMIT $3',
    [runId, stretch.after, stretch.limit],
  );
  return rows.map((row) => row.record_key);
}

export async function countStaged(tx: Transaction, runId: string): Promise<number> {
  const rows = await tx.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM run_seen WHERE run_id = $1',
    [runId],
  );
  return rows[0]?.count ?? 0;
}

/** The keys of a run that need not be kept once its plan is made. */
export async function forgetStaged(tx: Transaction, runId: string): Promise<void> {
  await tx.query('DELETE FROM run_seen WHERE run_id = $1', [runId]);
}
