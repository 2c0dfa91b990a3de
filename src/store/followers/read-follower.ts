import type { Transaction } from '../transaction.ts';
import type { FollowerState } from './note-follower.ts';

/** How far the following of one provider is. */
export interface ShownFollower {
  readonly state: FollowerState;
  readonly reason: string | null;
  /** Since when it has been in this state. */
  readonly since: Date;
  /** How long the oldest change that has not been applied has waited; 0: nothing waits that we know of. */
  readonly lagSeconds: number;
  /** When the checkpoint moved last; null: not yet. */
  readonly movedAt: Date | null;
}

/** @returns null when the provider's changes are not followed. */
export async function readFollower(tx: Transaction, provider: string): Promise<ShownFollower | null> {
  const rows = await tx.query<ShownFollower[]>(
    `SELECT CASE WHEN f.owner IS NULL OR f.lease_until < now() THEN 'waiting' ELSE f.state END AS state,
       CASE WHEN f.owner IS NULL OR f.lease_until < now() THEN 'no worker follows it' ELSE f.reason END AS reason,
       f.updated_at AS since, f.moved_at AS "movedAt",
       coalesce(extract(epoch FROM now() - f.behind_since), 0)::int AS "lagSeconds"
     FROM followers f JOIN providers p ON p.id = f.provider_id WHERE p.name = $1`,
    [provider],
  );
  return rows[0] ?? null;
}
