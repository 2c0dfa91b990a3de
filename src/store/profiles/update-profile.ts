import type { DisabledReason, ProfileFields } from '../../domain/profile.ts';
import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import type { Transaction } from '../transaction.ts';

export interface UpdatedProfile extends ProfileFields {
  readonly id: string;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}

export interface ProfileUpdate {
  readonly profile: UpdatedProfile;
  readonly sharedEmail: boolean;
  /** Links sent to the old address stop working. */
  readonly addressChanged: boolean;
  /** Whoever is signed in has to sign in again. */
  readonly endSessions: boolean;
}

/** Writes all fields and flags of a profile. Fails on a name taken meanwhile (SQLSTATE 23505). */
export async function updateProfile(tx: Transaction, update: ProfileUpdate): Promise<void> {
  const { profile, sharedEmail, addressChanged, endSessions } = update;
  const email = profile.email === null ? null : emailKey(profile.email);
  await tx.query(
    `UPDATE profiles SET username = $2, username_key = $3, email = $4, email_key = $5, email_claim = $6,
       given_name = $7, family_name = $8, display_name = $9, locale = $10, attributes = $11,
       enabled = $12::text IS NULL, disabled_reason = $12, force_reset = $13, pre_registration = $14,
       email_undeliverable_at = CASE WHEN $15 THEN NULL ELSE email_undeliverable_at END, updated_at = now()
     WHERE id = $1`,
    [
      profile.id,
      profile.username,
      usernameKey(profile.username),
      profile.email,
      email,
      sharedEmail ? null : email,
      profile.givenName,
      profile.familyName,
      profile.displayName,
      profile.locale,
      JSON.stringify(profile.attributes),
      profile.disabledReason,
      profile.forceReset,
      profile.preRegistration,
      addressChanged,
    ],
  );
  if (addressChanged)
    await tx.query(
      `UPDATE action_tokens SET expires_at = now()
       WHERE profile_id = $1 AND used_at IS NULL AND expires_at > now()`,
      [profile.id],
    );
  if (endSessions) await tx.query('DELETE FROM sessions WHERE profile_id = $1', [profile.id]);
}
