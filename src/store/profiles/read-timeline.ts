import type { ProfileEventRow } from '../entities/history.ts';
import type { Transaction } from '../transaction.ts';

/** `id` is a bigint as text; it grows with time. */
export type TimelineLine = Pick<ProfileEventRow, 'id' | 'at' | 'kind' | 'cause' | 'detail'>;

/** The latest lines of a person's timeline, newest last. */
export async function readTimeline(
  tx: Transaction,
  profileId: string,
  limit: number,
): Promise<readonly TimelineLine[]> {
  const lines = await listTimeline(tx, { profileId, before: null, topic: null, limit });
  return lines.toReversed();
}

/** What lines are about: fields and flags; e-mails and links; passwords, sign-ins and sessions; what is carried to a provider. */
export type TimelineTopic = 'profile' | 'mail' | 'access' | 'write-back';

export interface TimelineStretch {
  readonly profileId: string;
  /** The id of the last one seen; null: from the newest. */
  readonly before: string | null;
  /** Null: everything. */
  readonly topic: TimelineTopic | null;
  readonly limit: number;
}

/** The kinds of each topic, as patterns of LIKE. */
const KINDS: Readonly<Record<TimelineTopic, readonly string[]>> = {
  profile: ['created', 'linked', 'updated', 'returned', 'disabled'],
  mail: ['email-%', 'invitation-%', 'link-requested'],
  access: ['password-set', 'signed-in', 'sessions-ended', 'unlocked'],
  'write-back': ['write-back-%', 'password-written-back'],
};

/** Newest first. */
export async function listTimeline(
  tx: Transaction,
  stretch: TimelineStretch,
): Promise<readonly TimelineLine[]> {
  const { profileId, before, topic, limit } = stretch;
  return await tx.query<TimelineLine[]>(
    `SELECT id, at, kind, cause, detail FROM profile_events
     WHERE profile_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text[] IS NULL OR kind LIKE ANY ($3))
     ORDER BY id DESC LIMIT $4`,
    [profileId, before, topic === null ? null : KINDS[topic], limit],
  );
}
