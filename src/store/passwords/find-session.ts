import type { Transaction } from '../transaction.ts';

export interface FoundSession {
  readonly id: string;
  readonly profileId: string;
  /** Nobody has noted for a while that it is in use. */
  readonly stale: boolean;
}

/**
 * Finds a session that is good now: not expired, begun with the present password,
 * of a person who is enabled and has no password to set first.
 */
export async function findSession(tx: Transaction, tokenHash: Buffer): Promise<FoundSession | null> {
  const rows = await tx.query<FoundSession[]>(
    `SELECT session.id, session.profile_id AS "profileId",
            session.seen_at < now() - interval '5 minutes' AS stale
     FROM sessions session
     JOIN profiles profile ON profile.id = session.profile_id
     JOIN credentials credential ON credential.profile_id = session.profile_id
     WHERE session.token_hash = $1 AND session.expires_at > now()
       AND profile.enabled AND NOT profile.force_reset AND NOT profile.pre_registration
       AND (credential.effective <> 'none' OR EXISTS (
         SELECT 1 FROM links link JOIN providers provider ON provider.id = link.provider_id
         WHERE link.profile_id = profile.id AND link.gone_at IS NULL
           AND provider.definition #> '{password,verify,query}' IS NOT NULL))
       AND session.created_at >= coalesce(credential.set_at, '-infinity')`,
    [tokenHash],
  );
  return rows[0] ?? null;
}
