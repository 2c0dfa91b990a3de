import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { EffectiveCredential } from '../entities/access.ts';
import type { EmailState } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** Where a person's record is. */
export interface ProfileLink {
  readonly provider: string;
  readonly recordKey: string;
  /** ISO 8601; null while the record is there. */
  readonly goneAt: string | null;
  readonly definition: ProviderDefinition;
}

/** How a person gets in, and where from. */
export interface ProfileAccess {
  readonly effective: EffectiveCredential;
  /** Sealed; see CredentialRow. */
  readonly localHash: Buffer | null;
  readonly providerHash: Buffer | null;
  readonly setAt: Date | null;
  readonly sessions: number;
  readonly link: ProfileLink | null;
  readonly registration: RegistrationMail | null;
}

/** The latest registration e-mail and its link. */
export interface RegistrationMail {
  readonly state: EmailState;
  /** ISO 8601, like the other times. */
  readonly sentAt: string | null;
  readonly validUntil: string | null;
  readonly usedAt: string | null;
  readonly expired: boolean;
}

export async function readAccess(tx: Transaction, profileId: string): Promise<ProfileAccess> {
  const rows = await tx.query<ProfileAccess[]>(
    `SELECT coalesce(credential.effective, 'none') AS effective, credential.local_hash AS "localHash",
            credential.provider_hash AS "providerHash", credential.set_at AS "setAt",
            (SELECT count(*)::int FROM sessions WHERE profile_id = profile.id AND expires_at > now()) AS sessions,
            (SELECT jsonb_build_object('provider', provider.name, 'recordKey', link.record_key,
                      'goneAt', link.gone_at, 'definition', provider.definition)
             FROM links link JOIN providers provider ON provider.id = link.provider_id
             WHERE link.profile_id = profile.id) AS link,
            (SELECT jsonb_build_object('state', email.state, 'sentAt', email.sent_at, 'validUntil', token.expires_at,
                      'usedAt', token.used_at, 'expired', coalesce(token.expires_at <= now(), false))
             FROM emails email LEFT JOIN action_tokens token ON token.id = email.token_id
             WHERE email.profile_id = profile.id AND email.kind = 'registration'
             ORDER BY email.created_at DESC, email.id DESC LIMIT 1) AS registration
     FROM profiles profile LEFT JOIN credentials credential ON credential.profile_id = profile.id
     WHERE profile.id = $1`,
    [profileId],
  );
  const [access] = rows;
  if (access === undefined) throw new Error(`the profile ${profileId} vanished while it was read`);
  return access;
}
