import type { Transaction } from '../transaction.ts';

/** Hands a run back at its last batch: whoever is next goes on. */
export async function releaseRun(
  tx: Transaction,
  lease: { readonly runId: string; readonly owner: string },
): Promise<void> {
  await tx.query(
    'UPDATE runs SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2',
    [lease.runId, lease.owner],
  );
}
