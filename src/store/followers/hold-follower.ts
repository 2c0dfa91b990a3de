import type { Transaction } from '../transaction.ts';

/** A killed process's provider is followed by another once this has passed. */
const LEASE = `now() + interval '30 seconds'`;

/** Takes the following of a provider for one process. @returns false when another has it. */
export async function claimFollower(tx: Transaction, providerId: string, owner: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `INSERT INTO followers AS f (provider_id, owner, lease_until)
     SELECT id, $2, ${LEASE} FROM providers WHERE id = $1 AND paused_at IS NULL
     ON CONFLICT (provider_id) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until, updated_at = now()
       WHERE f.owner IS NULL OR f.lease_until < now()
     RETURNING provider_id`,
    [providerId, owner],
  );
  return rows.length === 1;
}

/**
 * Keeps it for another 30 seconds.
 *
 * @returns false when it belongs to somebody else by now, the provider is paused or
 *   gone, or its definition is another than `version`.
 */
export async function renewFollower(
  tx: Transaction,
  about: { readonly providerId: string; readonly owner: string; readonly version: number },
): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE followers f SET lease_until = ${LEASE} FROM providers p
     WHERE f.provider_id = $1 AND f.owner = $2 AND p.id = f.provider_id AND p.paused_at IS NULL AND p.version = $3`,
    [about.providerId, about.owner, about.version],
  );
  return count === 1;
}

/** Gives it back, so that another process need not wait. */
export async function releaseFollower(tx: Transaction, providerId: string, owner: string): Promise<void> {
  await tx.query(
    `UPDATE followers SET owner = NULL, lease_until = NULL, state = 'waiting', reason = 'no worker follows it'
     WHERE provider_id = $1 AND owner = $2`,
    [providerId, owner],
  );
}

/** Whether some process follows the provider now. */
export async function isFollowed(tx: Transaction, providerId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    'SELECT 1 FROM followers WHERE provider_id = $1 AND owner IS NOT NULL AND lease_until > now()',
    [providerId],
  );
  return rows.length > 0;
}
