import { EntitySchema } from 'typeorm';
import type { ConnectorKind, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { DisabledReason } from '../../domain/profile.ts';

export interface ProviderRow {
  id: string;
  name: string;
  connector: ConnectorKind;
  definition: ProviderDefinition;
  /** Sealed; binding `providers/password/<id>`. */
  password: Buffer | null;
  version: number;
  checkpoint: string | null;
  pausedAt: Date | null;
  lastErrorCode: string | null;
  lastError: string | null;
  lastErrorAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const ProviderEntity = new EntitySchema<ProviderRow>({
  name: 'provider',
  tableName: 'providers',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    connector: { type: 'text' },
    definition: { type: 'jsonb' },
    password: { type: 'bytea', nullable: true },
    version: { type: 'integer', default: 1 },
    checkpoint: { type: 'text', nullable: true },
    pausedAt: { name: 'paused_at', type: 'timestamptz', nullable: true },
    lastErrorCode: { name: 'last_error_code', type: 'text', nullable: true },
    lastError: { name: 'last_error', type: 'text', nullable: true },
    lastErrorAt: { name: 'last_error_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});

export interface ProfileRow {
  id: string;
  providerId: string | null;
  username: string;
  usernameKey: string;
  email: string | null;
  emailKey: string | null;
  emailClaim: string | null;
  givenName: string | null;
  familyName: string | null;
  displayName: string | null;
  locale: string | null;
  attributes: Record<string, string>;
  enabled: boolean;
  disabledReason: DisabledReason | null;
  forceReset: boolean;
  preRegistration: boolean;
  emailUndeliverableAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const ProfileEntity = new EntitySchema<ProfileRow>({
  name: 'profile',
  tableName: 'profiles',
  columns: {
    id: { type: 'uuid', primary: true },
    providerId: { name: 'provider_id', type: 'uuid', nullable: true },
    username: { type: 'text' },
    usernameKey: { name: 'username_key', type: 'text' },
    email: { type: 'text', nullable: true },
    emailKey: { name: 'email_key', type: 'text', nullable: true },
    emailClaim: { name: 'email_claim', type: 'text', nullable: true },
    givenName: { name: 'given_name', type: 'text', nullable: true },
    familyName: { name: 'family_name', type: 'text', nullable: true },
    displayName: { name: 'display_name', type: 'text', nullable: true },
    locale: { type: 'text', nullable: true },
    attributes: { type: 'jsonb', default: {} },
    enabled: { type: 'boolean', default: true },
    disabledReason: { name: 'disabled_reason', type: 'text', nullable: true },
    forceReset: { name: 'force_reset', type: 'boolean', default: false },
    preRegistration: { name: 'pre_registration', type: 'boolean', default: false },
    emailUndeliverableAt: { name: 'email_undeliverable_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});

export interface LinkRow {
  id: string;
  providerId: string;
  recordKey: string;
  profileId: string;
  fingerprint: Buffer;
  /** Digest of the mapping that made the profile what it is. */
  mappedBy: string;
  /** What the provider said last; null when it never said anything. */
  seenForceReset: boolean | null;
  seenPreRegistration: boolean | null;
  /** What the column of `writeBack.compare` held when it was seen last. */
  compared: string | null;
  /** The same as our last write left it, or was about to. */
  advanced: string | null;
  goneAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const LinkEntity = new EntitySchema<LinkRow>({
  name: 'link',
  tableName: 'links',
  columns: {
    id: { type: 'uuid', primary: true },
    providerId: { name: 'provider_id', type: 'uuid' },
    recordKey: { name: 'record_key', type: 'text' },
    profileId: { name: 'profile_id', type: 'uuid' },
    fingerprint: { type: 'bytea' },
    mappedBy: { name: 'mapped_by', type: 'text' },
    seenForceReset: { name: 'seen_force_reset', type: 'boolean', nullable: true },
    seenPreRegistration: { name: 'seen_pre_registration', type: 'boolean', nullable: true },
    compared: { type: 'text', nullable: true },
    advanced: { type: 'text', nullable: true },
    goneAt: { name: 'gone_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});
