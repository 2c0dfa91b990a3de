import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface SpreadPlan {
  readonly subjectIds: readonly string[];
  /** Null: all at once. */
  readonly perHour: number | null;
  /** When the first one is due; null: now. */
  readonly notBefore: Date | null;
}

/**
 * Has effects that were just requested carried out one after the other, so many an hour, in the given order.
 *
 * @returns when the last one is due; null when there is none.
 */
export async function spreadEffects(
  tx: Transaction,
  kind: OutboxKind,
  { subjectIds, perHour, notBefore }: SpreadPlan,
): Promise<Date | null> {
  const secondsApart = perHour === null ? 0 : 3600 / perHour;
  const [rows] = await tx.query<[{ due: Date }[], number]>(
    `UPDATE outbox SET available_at = greatest(now(), $4::timestamptz) + make_interval(secs => (place - 1) * $3::float8)
     FROM unnest($2::uuid[]) WITH ORDINALITY AS planned (subject_id, place)
     WHERE outbox.kind = $1 AND outbox.subject_id = planned.subject_id AND outbox.state = 'pending'
     RETURNING available_at AS due`,
    [kind, subjectIds, secondsApart, notBefore],
  );
  return rows.reduce<Date | null>((last, { due }) => (last === null || due > last ? due : last), null);
}
