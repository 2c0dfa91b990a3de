import type { DisabledReason } from '../../domain/profile.ts';
import type { Transaction } from '../transaction.ts';

export interface ProfileFilter {
  /** A provider's id: people linked to it. */
  readonly providerId?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly forceReset?: boolean | undefined;
  readonly preRegistration?: boolean | undefined;
  /** Part of a username, an address or a name; upper and lower case are the same. */
  readonly text?: string | undefined;
  /** The username of the last one seen; those after it are listed. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ListedProfile {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly displayName: string | null;
  /** Null: made here. */
  readonly provider: string | null;
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}

/** By username. @param filter `after` as its canonical form. */
export async function listProfiles(
  tx: Transaction,
  filter: ProfileFilter,
): Promise<readonly ListedProfile[]> {
  const like = filter.text === undefined ? null : `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return await tx.query<ListedProfile[]>(
    `SELECT profile.id, profile.username, profile.email, provider.name AS provider, profile.enabled,
            coalesce(profile.display_name, nullif(concat_ws(' ', profile.given_name, profile.family_name), '')) AS "displayName",
            profile.disabled_reason AS "disabledReason", profile.force_reset AS "forceReset",
            profile.pre_registration AS "preRegistration"
     FROM profiles profile LEFT JOIN providers provider ON provider.id = profile.provider_id
     WHERE ($1::text IS NULL OR profile.username_key > $1)
       AND ($2::uuid IS NULL OR profile.id IN (SELECT profile_id FROM links WHERE provider_id = $2))
       AND ($3::boolean IS NULL OR profile.enabled = $3)
       AND ($4::boolean IS NULL OR profile.force_reset = $4)
       AND ($5::boolean IS NULL OR profile.pre_registration = $5)
       AND ($6::text IS NULL OR profile.username ILIKE $6 OR profile.email ILIKE $6
            OR concat_ws(' ', profile.given_name, profile.family_name, profile.display_name) ILIKE $6)
     ORDER BY profile.username_key LIMIT $7`,
    [
      filter.after ?? null,
      filter.providerId ?? null,
      filter.state === undefined ? null : filter.state === 'active',
      filter.forceReset ?? null,
      filter.preRegistration ?? null,
      like,
      filter.limit,
    ],
  );
}
