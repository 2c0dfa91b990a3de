import type { RunState } from '../../domain/runs/run.ts';
import type { Transaction } from '../transaction.ts';

/** The run of a provider that is queued, under way or held; a single record's runs do not count. Null when there is none. */
export async function findOpenRun(
  tx: Transaction,
  providerId: string,
): Promise<{ readonly id: string; readonly state: RunState } | null> {
  // The lock makes two requests at once take turns, so that only one finds nobody before it.
  await tx.query('SELECT 1 FROM providers WHERE id = $1 FOR UPDATE', [providerId]);
  const rows = await tx.query<{ id: string; state: RunState }[]>(
    `SELECT id, state FROM runs
     WHERE provider_id = $1 AND kind <> 'record' AND state IN ('queued', 'planning', 'held', 'applying')
     ORDER BY created_at LIMIT 1`,
    [providerId],
  );
  return rows[0] ?? null;
}
