import type { FoundToken } from '../passwords/find-token.ts';
import type { Transaction } from '../transaction.ts';

export type QueuedLink = Pick<
  FoundToken,
  'id' | 'purpose' | 'profileId' | 'passwordVersion' | 'tokenHash' | 'expiresAt'
> & { readonly emailId: string };

/** Links that still open something and go out again with the next attempt at their e-mail; by e-mail, after `after`. */
export async function readQueuedLinks(
  tx: Transaction,
  after: string | null,
  limit: number,
): Promise<readonly QueuedLink[]> {
  return await tx.query<QueuedLink[]>(
    `SELECT email.id AS "emailId", token.id, token.purpose, token.token_hash AS "tokenHash",
            token.profile_id AS "profileId", token.password_version AS "passwordVersion",
            token.expires_at AS "expiresAt"
     FROM emails email JOIN action_tokens token ON token.id = email.token_id
     WHERE email.state = 'queued' AND token.used_at IS NULL AND token.expires_at > now()
       AND ($1::uuid IS NULL OR email.id > $1) ORDER BY email.id LIMIT $2`,
    [after, limit],
  );
}
