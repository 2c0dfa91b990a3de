import type { Cause } from '../../domain/cause.ts';
import { newId } from '../../kernel/ids.ts';
import { recordEvents } from '../profiles/record-events.ts';
import type { Transaction } from '../transaction.ts';
import { requestEmails } from './request-emails.ts';

export interface InvitationsRequest {
  readonly profileIds: readonly string[];
  readonly cause: Cause;
  /** They wait until somebody releases them; nothing is queued before. */
  readonly hold: boolean;
}

/** Asks for a registration e-mail to each profile, sent as soon as may be or held back. @returns the ids of the e-mails. */
export async function requestInvitations(
  tx: Transaction,
  { profileIds, cause, hold }: InvitationsRequest,
): Promise<readonly string[]> {
  if (!hold) return await requestEmails(tx, 'registration', { profileIds, cause });
  if (profileIds.length === 0) return [];
  const ids = profileIds.map(() => newId());
  await tx.query(
    `INSERT INTO emails (id, profile_id, kind, state, cause)
     SELECT id, profile_id, 'registration', 'held', $1::jsonb
     FROM unnest($2::uuid[], $3::uuid[]) AS wanted (id, profile_id)`,
    [JSON.stringify(cause), ids, profileIds],
  );
  const held = profileIds.map((profileId) => ({ profileId, kind: 'invitation-held', detail: {} }));
  await recordEvents(tx, cause, held);
  return ids;
}
