/** How the latest registration e-mail of a person stands, and its link. */
export type InvitationState =
  'held' | 'queued' | 'sent' | 'expired' | 'used' | 'undeliverable' | 'failed' | 'cancelled';

/** SQL for the {@link InvitationState} of a profile; null when no registration e-mail was ever asked for. */
export function invitationState(profileId: string): string {
  return `(SELECT CASE WHEN token.used_at IS NOT NULL THEN 'used'
                WHEN email.state = 'sent' AND coalesce(token.expires_at <= now(), true) THEN 'expired'
                ELSE email.state END
     FROM emails email LEFT JOIN action_tokens token ON token.id = email.token_id
     WHERE email.profile_id = ${profileId} AND email.kind = 'registration'
     ORDER BY email.created_at DESC, email.id DESC LIMIT 1)`;
}
