import type { Transaction } from '../transaction.ts';

export interface GoneBounds {
  readonly days: number;
  readonly limit: number;
}

/**
 * Deletes profiles that a provider owns and whose record has been gone for more
 * than so many days, with all that belongs to them. A record that returns later
 * makes a new profile.
 *
 * @returns how many.
 */
export async function deleteGone(tx: Transaction, bounds: GoneBounds): Promise<number> {
  const [, deleted] = await tx.query<[unknown, number]>(
    `DELETE FROM profiles WHERE id IN (
       SELECT profile.id FROM profiles profile JOIN links link ON link.profile_id = profile.id
       WHERE link.gone_at < now() - make_interval(days => $1) AND profile.provider_id = link.provider_id
       ORDER BY link.gone_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [bounds.days, bounds.limit],
  );
  return deleted;
}
