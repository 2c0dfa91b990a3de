import type { ProfileEventRow } from '../entities/history.ts';
import type { Transaction } from '../transaction.ts';

export type TimelineLine = Pick<ProfileEventRow, 'at' | 'kind' | 'cause' | 'detail'>;

/** The latest lines of a person's timeline, newest last. */
export async function readTimeline(
  tx: Transaction,
  profileId: string,
  limit: number,
): Promise<readonly TimelineLine[]> {
  const lines = await tx.query<TimelineLine[]>(
    `SELECT at, kind, cause, detail FROM profile_events WHERE profile_id = $1 ORDER BY id DESC LIMIT $2`,
    [profileId, limit],
  );
  return lines.toReversed();
}

export interface NumberedLine extends TimelineLine {
  /** bigint as text; grows with time. */
  readonly id: string;
}

/** Newest first. @param stretch.before the id of the last one seen; null: from the newest. */
export async function listTimeline(
  tx: Transaction,
  stretch: { readonly profileId: string; readonly before: string | null; readonly limit: number },
): Promise<readonly NumberedLine[]> {
  return await tx.query<NumberedLine[]>(
    `SELECT id, at, kind, cause, detail FROM profile_events
     WHERE profile_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [stretch.profileId, stretch.before, stretch.limit],
  );
}
