import { copyRows, type CopyValue } from '../copy-rows.ts';
import type { Transaction } from '../transaction.ts';
import { eventDetail, type BatchScope, type SealedChange } from './batch.ts';

/**
 * Adds new profiles with their links, credentials and first timeline lines.
 * Fails as a whole on a username or address taken meanwhile (SQLSTATE 23505).
 */
export async function writeCreates(
  tx: Transaction,
  scope: BatchScope,
  creates: readonly SealedChange[],
): Promise<void> {
  await copyRows(
    tx,
    PROFILES,
    creates.map((create) => profileRow(scope, create)),
  );
  await copyRows(
    tx,
    LINKS,
    creates.map((create) => linkRow(scope, create)),
  );
  await copyRows(tx, CREDENTIALS, creates.map(credentialRow));
  const cause = JSON.stringify(scope.cause);
  await copyRows(
    tx,
    EVENTS,
    creates.map(({ change }) => [
      change.outcome.profileId,
      'created',
      cause,
      JSON.stringify(eventDetail(change)),
    ]),
  );
}

const PROFILES = {
  table: 'profiles',
  columns: [
    'id',
    'provider_id',
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
    'enabled',
    'disabled_reason',
    'force_reset',
    'pre_registration',
  ],
};

const LINKS = {
  table: 'links',
  columns: [
    'id',
    'provider_id',
    'record_key',
    'profile_id',
    'fingerprint',
    'mapped_by',
    'seen_force_reset',
    'seen_pre_registration',
    'compared',
  ],
};

const CREDENTIALS = {
  table: 'credentials',
  columns: ['profile_id', 'effective', 'provider_hash', 'password_version'],
};
const EVENTS = { table: 'profile_events', columns: ['profile_id', 'kind', 'cause', 'detail'] };

function profileRow(scope: BatchScope, { change }: SealedChange): CopyValue[] {
  const { outcome } = change;
  const { fields } = outcome.record;
  return [
    outcome.profileId,
    scope.providerId,
    fields.username,
    outcome.usernameKey,
    fields.email,
    outcome.emailKey,
    scope.sharedEmail ? null : outcome.emailKey,
    fields.givenName,
    fields.familyName,
    fields.displayName,
    fields.locale,
    JSON.stringify(fields.attributes),
    outcome.enabled,
    outcome.disabledReason,
    outcome.forceReset,
    outcome.preRegistration,
  ];
}

function linkRow(scope: BatchScope, { change, linkId }: SealedChange): CopyValue[] {
  const { outcome } = change;
  const { record } = outcome;
  return [
    linkId,
    scope.providerId,
    record.key,
    outcome.profileId,
    Buffer.from(record.fingerprint, 'hex'),
    scope.mappedBy,
    record.forceReset,
    record.preRegistration,
    record.compared,
  ];
}

function credentialRow({ change, providerHash }: SealedChange): CopyValue[] {
  const adopted = change.outcome.password === 'adopt';
  return [change.outcome.profileId, adopted ? 'provider' : 'none', providerHash, '0'];
}
