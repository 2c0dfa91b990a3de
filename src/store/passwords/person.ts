import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { EffectiveCredential } from '../entities/access.ts';

/** A profile with what decides about its password. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  readonly locale: string | null;
  readonly enabled: boolean;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  readonly effective: EffectiveCredential;
  /** Sealed; see CredentialRow. */
  readonly localHash: Buffer | null;
  readonly providerHash: Buffer | null;
  readonly passwordVersion: number;
  /** Where the person's record is; null for a profile without a provider, or when the record is gone. */
  readonly link: PersonLink | null;
}

export interface PersonLink {
  readonly providerId: string;
  readonly providerName: string;
  readonly recordKey: string;
  readonly definition: ProviderDefinition;
  /** See LinkRow. */
  readonly compared: string | null;
}

/** Selects a Person from `profiles profile`; a condition follows. */
export const SELECT_PERSON = `
  SELECT profile.id, profile.username, profile.email, profile.given_name AS "givenName",
         profile.family_name AS "familyName", profile.display_name AS "displayName", profile.locale,
         profile.enabled, profile.force_reset AS "forceReset", profile.pre_registration AS "preRegistration",
         coalesce(credential.effective, 'none') AS effective, credential.local_hash AS "localHash",
         credential.provider_hash AS "providerHash",
         coalesce(credential.password_version, 0) AS "passwordVersion",
         CASE WHEN provider.id IS NULL THEN NULL ELSE jsonb_build_object(
           'providerId', provider.id, 'providerName', provider.name,
           'recordKey', link.record_key, 'compared', link.compared, 'definition', provider.definition) END AS link
  FROM profiles profile
  LEFT JOIN credentials credential ON credential.profile_id = profile.id
  LEFT JOIN links link ON link.profile_id = profile.id AND link.gone_at IS NULL
  LEFT JOIN providers provider ON provider.id = link.provider_id`;
