import { recordEvents } from '../profiles/record-events.ts';
import type { Transaction } from '../transaction.ts';
import { eventDetail, type BatchScope, type SealedChange } from './batch.ts';

const EVENT_KINDS = { create: 'created', link: 'linked', update: 'updated', return: 'returned' } as const;

/** Brings existing profiles into step: fields, links, credentials, and what must end when a password or an address changes. */
export async function writeUpdates(
  tx: Transaction,
  scope: BatchScope,
  updates: readonly SealedChange[],
): Promise<void> {
  if (updates.length === 0) return;
  await updateProfiles(tx, scope, updates);
  await upsertLinks(tx, scope, updates);
  await updateCredentials(tx, updates);
  await endLinksToOldAddresses(tx, updates);
  await recordEvents(
    tx,
    scope.cause,
    updates
      .filter(({ change }) => change.kind !== 'update' || Object.keys(change.changes).length > 0)
      .map(({ change }) => ({
        profileId: change.outcome.profileId,
        kind: EVENT_KINDS[change.kind],
        detail: eventDetail(change),
      })),
  );
}

async function updateProfiles(
  tx: Transaction,
  scope: BatchScope,
  updates: readonly SealedChange[],
): Promise<void> {
  const rows = updates.map(({ change: { outcome } }) => ({
    id: outcome.profileId,
    ...outcome.record.fields,
    usernameKey: outcome.usernameKey,
    emailKey: outcome.emailKey,
    emailClaim: scope.sharedEmail ? null : outcome.emailKey,
    enabled: outcome.enabled,
    disabledReason: outcome.disabledReason,
    forceReset: outcome.forceReset,
    preRegistration: outcome.preRegistration,
    addressChanged: outcome.addressChanged,
  }));
  await tx.query(
    `UPDATE profiles p SET provider_id = $1, username = n.username, username_key = n."usernameKey", email = n.email,
       email_key = n."emailKey", email_claim = n."emailClaim", given_name = n."givenName", family_name = n."familyName",
       display_name = n."displayName", locale = n.locale, attributes = n.attributes, enabled = n.enabled,
       disabled_reason = n."disabledReason", force_reset = n."forceReset", pre_registration = n."preRegistration",
       email_undeliverable_at = CASE WHEN n."addressChanged" THEN NULL ELSE p.email_undeliverable_at END, updated_at = now()
     FROM jsonb_to_recordset($2) AS n (id uuid, username text, "usernameKey" text, email text, "emailKey" text,
       "emailClaim" text, "givenName" text, "familyName" text, "displayName" text, locale text, attributes jsonb,
       enabled boolean, "disabledReason" text, "forceReset" boolean, "preRegistration" boolean, "addressChanged" boolean)
     WHERE p.id = n.id`,
    [scope.providerId, JSON.stringify(rows)],
  );
}

async function upsertLinks(
  tx: Transaction,
  scope: BatchScope,
  updates: readonly SealedChange[],
): Promise<void> {
  const rows = updates.map(({ change: { outcome }, linkId }) => ({
    id: linkId,
    key: outcome.record.key,
    profileId: outcome.profileId,
    fingerprint: `\\x${outcome.record.fingerprint}`,
    forceReset: outcome.record.forceReset,
    preRegistration: outcome.record.preRegistration,
    compared: outcome.record.compared,
  }));
  await tx.query(
    `INSERT INTO links (id, provider_id, record_key, profile_id, fingerprint, mapped_by, seen_force_reset, seen_pre_registration,
       compared)
     SELECT n.id, $1, n.key, n."profileId", n.fingerprint, $2, n."forceReset", n."preRegistration", n.compared
     FROM jsonb_to_recordset($3) AS n (id uuid, key text, "profileId" uuid, fingerprint bytea, "forceReset" boolean,
       "preRegistration" boolean, compared text)
     ON CONFLICT (id) DO UPDATE SET record_key = excluded.record_key, fingerprint = excluded.fingerprint,
       mapped_by = excluded.mapped_by, seen_force_reset = excluded.seen_force_reset,
       seen_pre_registration = excluded.seen_pre_registration, compared = excluded.compared, gone_at = NULL, updated_at = now()`,
    [scope.providerId, scope.mappedBy, JSON.stringify(rows)],
  );
}

/** A newer password ends sessions and, by its version, every link and continuation made before it. */
async function updateCredentials(tx: Transaction, updates: readonly SealedChange[]): Promise<void> {
  const changed = updates.filter(({ change }) => change.outcome.password !== 'keep');
  if (changed.length === 0) return;
  const rows = changed.map(({ change, providerHash }) => ({
    id: change.outcome.profileId,
    hash: providerHash === null ? null : `\\x${providerHash.toString('hex')}`,
    decision: change.outcome.password,
  }));
  await tx.query(
    `INSERT INTO credentials AS c (profile_id, effective, provider_hash)
     SELECT n.id, CASE n.decision WHEN 'adopt' THEN 'provider' ELSE 'none' END, n.hash
     FROM jsonb_to_recordset($1) AS n (id uuid, hash bytea, decision text)
     ON CONFLICT (profile_id) DO UPDATE SET provider_hash = excluded.provider_hash, updated_at = now()`,
    [JSON.stringify(rows)],
  );
  await tx.query(
    `UPDATE credentials c SET effective = CASE n.decision WHEN 'adopt' THEN 'provider' ELSE 'none' END,
       password_version = c.password_version + 1
     FROM jsonb_to_recordset($1) AS n (id uuid, decision text)
     WHERE c.profile_id = n.id AND n.decision IN ('adopt', 'withdraw')`,
    [JSON.stringify(rows)],
  );
  await tx.query(
    `DELETE FROM sessions USING jsonb_to_recordset($1) AS n (id uuid, decision text)
     WHERE sessions.profile_id = n.id AND n.decision IN ('adopt', 'withdraw')`,
    [JSON.stringify(rows)],
  );
}

async function endLinksToOldAddresses(tx: Transaction, updates: readonly SealedChange[]): Promise<void> {
  const moved = updates
    .filter(({ change }) => change.outcome.addressChanged)
    .map(({ change }) => change.outcome.profileId);
  if (moved.length === 0) return;
  await tx.query(
    'UPDATE action_tokens SET expires_at = now() WHERE profile_id = ANY ($1::uuid[]) AND used_at IS NULL AND expires_at > now()',
    [moved],
  );
}
