import type { Cause } from '../../domain/cause.ts';
import type { Transaction } from '../transaction.ts';

export interface ProviderRemoval {
  readonly id: string;
  readonly name: string;
  /** Whether its people may go on signing in. */
  readonly people: 'keep' | 'disable';
  readonly cause: Cause;
}

/**
 * Deletes a provider with its links, runs and write-backs. Its people stay, and
 * nobody owns their fields any more; each gets a line in the timeline.
 *
 * @returns how many people it had.
 */
export async function removeProvider(tx: Transaction, removal: ProviderRemoval): Promise<number> {
  await cancelEffects(tx, removal.id);
  const people = await releasePeople(tx, removal);
  await tx.query('DELETE FROM links WHERE provider_id = $1', [removal.id]);
  await tx.query('DELETE FROM providers WHERE id = $1', [removal.id]);
  await tx.query('DELETE FROM provider_counts WHERE provider_id = $1', [removal.id]);
  return people;
}

async function cancelEffects(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `UPDATE outbox SET state = 'cancelled', finished_at = now()
     WHERE state = 'pending' AND (
       (kind = 'run' AND subject_id IN (SELECT id FROM runs WHERE provider_id = $1))
       OR (kind = 'write-back' AND subject_id IN (SELECT id FROM write_backs WHERE provider_id = $1)))`,
    [id],
  );
}

async function releasePeople(tx: Transaction, { id, name, people, cause }: ProviderRemoval): Promise<number> {
  const disable = people === 'disable';
  const rows = await tx.query<{ count: string }[]>(
    `WITH released AS (
       UPDATE profiles SET provider_id = NULL, updated_at = now(),
         enabled = enabled AND NOT $2,
         disabled_reason = CASE WHEN enabled AND NOT $2 THEN NULL ELSE coalesce(disabled_reason, 'operator') END
       WHERE provider_id = $1 OR id IN (SELECT profile_id FROM links WHERE provider_id = $1)
       RETURNING id),
     told AS (
       INSERT INTO profile_events (profile_id, kind, cause, detail)
       SELECT id, 'provider-removed', $3::jsonb, $4::jsonb FROM released),
     ended AS (
       DELETE FROM sessions WHERE $2 AND profile_id IN (SELECT id FROM released))
     SELECT count(*) FROM released`,
    [id, disable, JSON.stringify(cause), JSON.stringify({ provider: name, people })],
  );
  return Number(rows[0]?.count ?? 0);
}
