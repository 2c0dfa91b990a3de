import type { Cause } from '../../domain/cause.ts';
import type { ProfileFields } from '../../domain/profile.ts';
import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import { fieldChanges } from '../../domain/runs/field-changes.ts';
import { copyRows, type CopyValue } from '../copy-rows.ts';
import type { Transaction } from '../transaction.ts';
import { recordEvents } from './record-events.ts';

/** Somebody who is entered here and has no provider. */
export interface NewProfile {
  readonly id: string;
  readonly fields: ProfileFields;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  /** Sealed hash of the temporary password; null without one. */
  readonly localHash: Buffer | null;
}

export interface NewProfiles {
  readonly profiles: readonly NewProfile[];
  readonly sharedEmail: boolean;
  readonly cause: Cause;
}

const PROFILES = {
  table: 'profiles',
  columns: [
    'id',
    'username',
    'username_key',
    'email',
    'email_key',
    'email_claim',
    'given_name',
    'family_name',
    'display_name',
    'locale',
    'attributes',
    'force_reset',
    'pre_registration',
  ],
};

/** Adds profiles with credentials and their first timeline lines. Fails as a whole on a name taken meanwhile (SQLSTATE 23505). */
export async function insertProfiles(tx: Transaction, about: NewProfiles): Promise<void> {
  const { profiles, sharedEmail, cause } = about;
  await copyRows(
    tx,
    PROFILES,
    profiles.map((profile) => profileRow(profile, sharedEmail)),
  );
  await tx.query(
    `INSERT INTO credentials (profile_id, effective, local_hash, set_at)
     SELECT id, CASE WHEN hash IS NULL THEN 'none' ELSE 'local' END, hash, CASE WHEN hash IS NOT NULL THEN now() END
     FROM unnest($1::uuid[], $2::bytea[]) AS new (id, hash)`,
    [profiles.map(({ id }) => id), profiles.map(({ localHash }) => localHash)],
  );
  await recordEvents(
    tx,
    cause,
    profiles.map(({ id, fields, forceReset, preRegistration }) => ({
      profileId: id,
      kind: 'created',
      detail: { changes: fieldChanges(null, { ...fields, enabled: true, forceReset, preRegistration }) },
    })),
  );
}

function profileRow(profile: NewProfile, sharedEmail: boolean): CopyValue[] {
  const { id, fields, forceReset, preRegistration } = profile;
  const email = fields.email === null ? null : emailKey(fields.email);
  return [
    id,
    fields.username,
    usernameKey(fields.username),
    fields.email,
    email,
    sharedEmail ? null : email,
    fields.givenName,
    fields.familyName,
    fields.displayName,
    fields.locale,
    JSON.stringify(fields.attributes),
    forceReset,
    preRegistration,
  ];
}
