import type { Transaction } from '../transaction.ts';

/** `following`: changes come as they happen. `waiting`: for another run, or an operator. `failing`: the source cannot be read. */
export type FollowerState = 'following' | 'waiting' | 'failing';

/** What is known of the following of one provider. */
export interface FollowerNote {
  readonly state: FollowerState;
  /** Why it is not following, for people. */
  readonly reason: string | null;
  /** Failed attempts in a row. */
  readonly attempts: number;
}

export async function noteFollower(
  tx: Transaction,
  holder: { readonly providerId: string; readonly owner: string },
  note: FollowerNote,
): Promise<void> {
  await tx.query(
    `UPDATE followers SET state = $3, reason = $4, attempts = $5,
       updated_at = CASE WHEN state = $3 THEN updated_at ELSE now() END
     WHERE provider_id = $1 AND owner = $2`,
    [holder.providerId, holder.owner, note.state, note.reason, note.attempts],
  );
}

/** Remembers since when there is something that has not been applied; null: everything has been. */
export async function noteBehind(tx: Transaction, providerId: string, behind: boolean): Promise<void> {
  await tx.query(
    `UPDATE followers SET behind_since = CASE WHEN $2 THEN coalesce(behind_since, now()) END,
       moved_at = CASE WHEN $2 THEN moved_at ELSE now() END WHERE provider_id = $1`,
    [providerId, behind],
  );
}

/**
 * Moves a provider's checkpoint past a time in which nothing happened to it, while
 * it is still followed by `owner` and no run of it is under way.
 *
 * @returns whether it moved.
 */
export async function moveCheckpoint(
  tx: Transaction,
  holder: { readonly providerId: string; readonly owner: string; readonly version: number },
  checkpoint: string,
): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE providers SET checkpoint = $4 WHERE id = $1 AND version = $3 AND checkpoint IS NOT NULL
       AND EXISTS (SELECT FROM followers WHERE provider_id = $1 AND owner = $2 AND lease_until > now())
       AND NOT EXISTS (SELECT FROM runs WHERE provider_id = $1 AND kind <> 'record'
         AND state IN ('planning', 'held', 'applying'))`,
    [holder.providerId, holder.owner, holder.version, checkpoint],
  );
  if (count === 1) await noteBehind(tx, holder.providerId, false);
  return count === 1;
}
