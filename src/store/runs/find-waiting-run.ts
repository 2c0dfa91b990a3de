import type { Transaction } from '../transaction.ts';

/** A run that has not begun and will read all that changed until it does; null when there is none. */
export async function findWaitingRun(
  tx: Transaction,
  providerId: string,
  version: number,
): Promise<string | null> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM runs WHERE provider_id = $1 AND kind IN ('full', 'delta') AND state = 'queued' AND NOT dry_run
       AND definition_version = $2 ORDER BY created_at LIMIT 1 FOR SHARE`,
    [providerId, version],
  );
  return rows[0]?.id ?? null;
}
