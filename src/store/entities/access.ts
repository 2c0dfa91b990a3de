import { EntitySchema } from 'typeorm';

/** Whose hash a sign-in is checked against. */
export type EffectiveCredential = 'none' | 'local' | 'provider';

export interface CredentialRow {
  profileId: string;
  effective: EffectiveCredential;
  /** Sealed PHC string of ours; binding `credentials/local_hash/<profile id>`. */
  localHash: Buffer | null;
  /** Sealed, as the provider held it last; binding `credentials/provider_hash/<profile id>`. */
  providerHash: Buffer | null;
  /** Grows whenever the password that signs in changes; tokens are bound to it. */
  passwordVersion: number;
  setAt: Date | null;
  updatedAt: Date;
}

export const CredentialEntity = new EntitySchema<CredentialRow>({
  name: 'credential',
  tableName: 'credentials',
  columns: {
    profileId: { name: 'profile_id', type: 'uuid', primary: true },
    effective: { type: 'text', default: 'none' },
    localHash: { name: 'local_hash', type: 'bytea', nullable: true },
    providerHash: { name: 'provider_hash', type: 'bytea', nullable: true },
    passwordVersion: { name: 'password_version', type: 'integer', default: 0 },
    setAt: { name: 'set_at', type: 'timestamptz', nullable: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});

export interface SessionRow {
  id: string;
  /** SHA-256 of the cookie's value. */
  tokenHash: Buffer;
  profileId: string;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
}

export const SessionEntity = new EntitySchema<SessionRow>({
  name: 'session',
  tableName: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true },
    tokenHash: { name: 'token_hash', type: 'bytea' },
    profileId: { name: 'profile_id', type: 'uuid' },
    address: { type: 'text', nullable: true },
    userAgent: { name: 'user_agent', type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    seenAt: { name: 'seen_at', type: 'timestamptz', default: () => 'now()' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
  },
});

/** What a link or a continuation is good for; never for anything else. */
export type TokenPurpose = 'first-password' | 'reset-password' | 'change-password';

export interface ActionTokenRow {
  id: string;
  purpose: TokenPurpose;
  profileId: string;
  /** SHA-256 of the token's text. */
  tokenHash: Buffer;
  /** The credential's version when the token was made: a newer password ends it. */
  passwordVersion: number;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
}

export const ActionTokenEntity = new EntitySchema<ActionTokenRow>({
  name: 'action_token',
  tableName: 'action_tokens',
  columns: {
    id: { type: 'uuid', primary: true },
    purpose: { type: 'text' },
    profileId: { name: 'profile_id', type: 'uuid' },
    tokenHash: { name: 'token_hash', type: 'bytea' },
    passwordVersion: { name: 'password_version', type: 'integer' },
    expiresAt: { name: 'expires_at', type: 'timestamptz' },
    usedAt: { name: 'used_at', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
  },
});
