import type { Transaction } from '../transaction.ts';

/**
 * How far the people are who wait for their first password, by their latest
 * registration e-mail.
 *
 * - `notInvited`: none has been asked for.
 * - `held`: it waits until somebody releases it.
 * - `queued`: on its way.
 * - `sent`: the link is good.
 * - `expired`: the link is not good any more, because its time is over or it was used before; the page offers a new one.
 * - `undeliverable`: it could not be delivered.
 */
export interface InvitationCounts {
  readonly notInvited: number;
  readonly held: number;
  readonly queued: number;
  readonly sent: number;
  readonly expired: number;
  readonly undeliverable: number;
}

/** From `invitations`, which triggers keep: the e-mails of everybody take seconds to go through. */
export async function countInvitations(tx: Transaction): Promise<InvitationCounts> {
  const [counts] = await tx.query<InvitationCounts[]>(
    `SELECT coalesce(sum(people) FILTER (WHERE state IS NULL OR state = 'cancelled'), 0)::int AS "notInvited",
            coalesce(sum(people) FILTER (WHERE state = 'held'), 0)::int AS held,
            coalesce(sum(people) FILTER (WHERE state = 'queued'), 0)::int AS queued,
            coalesce(sum(people) FILTER (WHERE state = 'sent' AND good), 0)::int AS sent,
            coalesce(sum(people) FILTER (WHERE state = 'used' OR state = 'sent' AND NOT good), 0)::int AS expired,
            coalesce(sum(people) FILTER (WHERE state IN ('failed', 'undeliverable')), 0)::int AS undeliverable
     FROM (SELECT state, valid_until > now() AS good, count(*) AS people
           FROM invitations WHERE waiting AND enabled GROUP BY 1, 2) counted`,
  );
  if (counts === undefined) throw new Error('a count without GROUP BY has one row');
  return counts;
}
