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
