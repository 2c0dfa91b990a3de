import type { Transaction } from '../transaction.ts';

/**
 * How far the people are who wait for their first password, by their latest
 * registration e-mail.
 *
 * - `notInvited`: none has been asked for.
 * - `held`: it waits until somebody releases it.
 * - `queued`: on its way.
 * - `sent`: the link is good.
 * - `expired`: the link is not good any more; the page offers a new one.
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

export async function countInvitations(tx: Transaction): Promise<InvitationCounts> {
  const [counts] = await tx.query<InvitationCounts[]>(
    `SELECT (count(*) FILTER (WHERE mail.state IS NULL OR mail.state = 'cancelled'))::int AS "notInvited",
            (count(*) FILTER (WHERE mail.state = 'held'))::int AS held,
            (count(*) FILTER (WHERE mail.state = 'queued'))::int AS queued,
            (count(*) FILTER (WHERE mail.state = 'sent' AND mail.expires_at > now()))::int AS sent,
            (count(*) FILTER (WHERE mail.state = 'sent' AND mail.expires_at > now() IS NOT TRUE))::int AS expired,
            (count(*) FILTER (WHERE mail.state IN ('failed', 'undeliverable')))::int AS undeliverable
     FROM profiles profile LEFT JOIN (
       SELECT DISTINCT ON (email.profile_id) email.profile_id, email.state, token.expires_at
       FROM emails email LEFT JOIN action_tokens token ON token.id = email.token_id
       WHERE email.kind = 'registration' ORDER BY email.profile_id, email.created_at DESC) mail
       ON mail.profile_id = profile.id
     WHERE profile.pre_registration AND profile.enabled`,
  );
  if (counts === undefined) throw new Error('a count without GROUP BY has one row');
  return counts;
}
