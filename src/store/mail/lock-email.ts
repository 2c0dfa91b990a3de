import type { EmailRow } from '../entities/effects.ts';
import type { ProfileRow } from '../entities/directory.ts';
import type { Transaction } from '../transaction.ts';

export type EmailToSend = Pick<EmailRow, 'id' | 'profileId' | 'kind' | 'tokenId' | 'recipient' | 'cause'> & {
  readonly profile: Pick<
    ProfileRow,
    | 'username'
    | 'email'
    | 'givenName'
    | 'familyName'
    | 'displayName'
    | 'locale'
    | 'enabled'
    | 'preRegistration'
  >;
};

/**
 * Locks a queued e-mail until the transaction ends, with the person it is for.
 *
 * @returns null when it is settled, or gone together with its profile.
 */
export async function lockEmail(tx: Transaction, id: string): Promise<EmailToSend | null> {
  const [row] = await tx.query<EmailToSend[]>(
    `SELECT email.id, email.profile_id AS "profileId", email.kind, email.token_id AS "tokenId",
            email.recipient, email.cause,
            json_build_object('username', profile.username, 'email', profile.email,
              'givenName', profile.given_name, 'familyName', profile.family_name,
              'displayName', profile.display_name, 'locale', profile.locale,
              'enabled', profile.enabled, 'preRegistration', profile.pre_registration) AS profile
     FROM emails email JOIN profiles profile ON profile.id = email.profile_id
     WHERE email.id = $1 AND email.state = 'queued'
     FOR UPDATE OF email`,
    [id],
  );
  return row ?? null;
}
