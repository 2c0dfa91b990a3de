import type { EmailRow } from '../entities/effects.ts';
import { byTime, type ByTime } from '../by-time.ts';
import type { Transaction } from '../transaction.ts';

export interface EmailFilter extends ByTime {
  readonly state?: EmailRow['state'] | undefined;
  readonly profileId?: string | undefined;
  /** Whose people they go to; null for everybody. */
  readonly providerId: string | null;
}

export interface ListedEmail
  extends
    Pick<EmailRow, 'id' | 'profileId' | 'kind' | 'state' | 'recipient' | 'attempts'>,
    Pick<EmailRow, 'errorCode' | 'error' | 'createdAt' | 'sentAt'> {
  readonly username: string;
  /** When it is tried next; null when it has ended. */
  readonly nextAttemptAt: Date | null;
  /** How long its link is good for, and whether it has been used; null for a mail without a link. */
  readonly linkValidUntil: Date | null;
  readonly linkUsedAt: Date | null;
}

/** By the time they were asked for. */
export async function findEmails(tx: Transaction, filter: EmailFilter): Promise<readonly ListedEmail[]> {
  const { where, order, values } = byTime(filter, { table: 'emails', alias: 'email', own: 3 });
  return await tx.query<ListedEmail[]>(
    `SELECT email.id, email.profile_id AS "profileId", email.kind, email.state, email.recipient, email.attempts,
            email.error_code AS "errorCode", email.error, email.created_at AS "createdAt", email.sent_at AS "sentAt",
            profile.username, CASE WHEN outbox.state = 'pending' THEN outbox.available_at END AS "nextAttemptAt",
            token.expires_at AS "linkValidUntil", token.used_at AS "linkUsedAt"
     FROM emails email
     JOIN profiles profile ON profile.id = email.profile_id
     LEFT JOIN outbox ON outbox.kind = 'email' AND outbox.subject_id = email.id
     LEFT JOIN action_tokens token ON token.id = email.token_id
     WHERE ($1::text IS NULL OR email.state = $1) AND ($2::uuid IS NULL OR email.profile_id = $2)
       AND ($3::uuid IS NULL OR profile.provider_id = $3)
       ${where} ${order}`,
    [filter.state ?? null, filter.profileId ?? null, filter.providerId, ...values],
  );
}
