import type { KnownLink, KnownProfile } from '../../domain/runs/known.ts';
import type { Transaction } from '../transaction.ts';

/** What to look up for one batch of records. */
export interface KnownQuery {
  readonly providerId: string;
  readonly recordKeys: readonly string[];
  readonly usernameKeys: readonly string[];
  readonly emailKeys: readonly string[];
  /** Locks what was found until the transaction ends, so that a person's own change in between is not undone. */
  readonly lock: boolean;
}

/** A known profile with the sealed hash its provider held last. */
export interface StoredProfile extends KnownProfile {
  readonly providerHash: Buffer | null;
  readonly writeBackPending: boolean;
}

export interface StoredKnowledge {
  readonly links: ReadonlyMap<string, KnownLink>;
  readonly profiles: readonly StoredProfile[];
}

/** Links of the records, and every profile that a link, a username or an address of the batch leads to. */
export async function loadKnown(tx: Transaction, query: KnownQuery): Promise<StoredKnowledge> {
  const links = await loadLinks(tx, query);
  const ids = [...links.values()].map((link) => link.profileId);
  const profiles = await tx.query<StoredProfile[]>(profilesSql(query.lock), [
    ids,
    query.usernameKeys,
    query.emailKeys,
  ]);
  return { links, profiles };
}

/** The links of the given records, by record key; those without a link are absent. */
export async function loadLinks(
  tx: Transaction,
  query: Pick<KnownQuery, 'providerId' | 'recordKeys' | 'lock'>,
): Promise<ReadonlyMap<string, KnownLink>> {
  const rows = await tx.query<(KnownLink & { recordKey: string })[]>(
    `SELECT record_key AS "recordKey", id, profile_id AS "profileId", encode(fingerprint, 'hex') AS fingerprint,
       mapped_by AS "mappedBy", seen_force_reset AS "seenForceReset",
       seen_pre_registration AS "seenPreRegistration", gone_at IS NOT NULL AS gone
     FROM links WHERE provider_id = $1 AND record_key = ANY ($2::text[])
     ORDER BY record_key ${query.lock ? 'FOR UPDATE' : ''}`,
    [query.providerId, query.recordKeys],
  );
  return new Map(rows.map(({ recordKey, ...link }) => [recordKey, link]));
}

// UNION keeps each of the three look-ups on its own index; OR would not at a million profiles.
const profilesSql = (lock: boolean): string => `
  SELECT p.id, p.provider_id AS "providerId", p.username, p.username_key AS "usernameKey", p.email,
    p.email_key AS "emailKey", p.given_name AS "givenName", p.family_name AS "familyName",
    p.display_name AS "displayName", p.locale, p.attributes, p.enabled, p.disabled_reason AS "disabledReason",
    p.force_reset AS "forceReset", p.pre_registration AS "preRegistration",
    coalesce(c.effective, 'none') AS effective, c.provider_hash AS "providerHash",
    EXISTS (SELECT FROM emails e WHERE e.profile_id = p.id AND e.kind = 'registration' AND e.state <> 'cancelled') AS invited,
    EXISTS (SELECT FROM write_backs w WHERE w.profile_id = p.id AND w.state = 'pending') AS "writeBackPending",
    CASE WHEN l.id IS NULL THEN NULL ELSE
      jsonb_build_object('linkId', l.id, 'providerId', l.provider_id, 'gone', l.gone_at IS NOT NULL) END AS "linkedTo"
  FROM profiles p
  LEFT JOIN credentials c ON c.profile_id = p.id
  LEFT JOIN links l ON l.profile_id = p.id
  WHERE p.id IN (
    SELECT unnest($1::uuid[])
    UNION SELECT id FROM profiles WHERE username_key = ANY ($2::text[])
    UNION SELECT id FROM profiles WHERE email_key = ANY ($3::text[]))
  ORDER BY p.id ${lock ? 'FOR UPDATE OF p' : ''}`;
