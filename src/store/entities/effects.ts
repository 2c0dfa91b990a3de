import { EntitySchema } from 'typeorm';
import type { Cause } from '../../domain/cause.ts';

export type OutboxKind = 'run' | 'email' | 'write-back';

/** A durable request for a side effect, written with the change that caused it. */
export interface OutboxRow {
  id: string;
  kind: OutboxKind;
  /** The run, e-mail or write-back to carry out. */
  subjectId: string;
  state: 'pending' | 'done' | 'failed' | 'cancelled';
  availableAt: Date;
  relayedAt: Date | null;
  relays: number;
  attempts: number;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  errorCode: string | null;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export const OutboxEntity = new EntitySchema<OutboxRow>({
  name: 'outbox',
  tableName: 'outbox',
  columns: {
    id: { type: 'uuid', primary: true },
    kind: { type: 'text' },
    subjectId: { name: 'subject_id', type: 'uuid' },
    state: { type: 'text', default: 'pending' },
    availableAt: { name: 'available_at', type: 'timestamptz', default: () => 'now()' },
    relayedAt: { name: 'relayed_at', type: 'timestamptz', nullable: true },
    relays: { type: 'integer', default: 0 },
    attempts: { type: 'integer', default: 0 },
    leaseOwner: { name: 'lease_owner', type: 'uuid', nullable: true },
    leaseUntil: { name: 'lease_until', type: 'timestamptz', nullable: true },
    errorCode: { name: 'error_code', type: 'text', nullable: true },
    error: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
});

export type EmailKind = 'registration' | 'password-set' | 'password-reset';
/** `held`: an invitation that waits until an operator releases it. */
export type EmailState = 'held' | 'queued' | 'sent' | 'undeliverable' | 'failed' | 'cancelled';

export interface EmailRow {
  /** Also the local part of the Message-ID, the same on every retry. */
  id: string;
  profileId: string;
  kind: EmailKind;
  state: EmailState;
  /** The token in the link; made at the first attempt, the same on every retry. */
  tokenId: string | null;
  recipient: string | null;
  attempts: number;
  cause: Cause;
  errorCode: string | null;
  error: string | null;
  createdAt: Date;
  updatedAt: Date;
  sentAt: Date | null;
}

export const EmailEntity = new EntitySchema<EmailRow>({
  name: 'email',
  tableName: 'emails',
  columns: {
    id: { type: 'uuid', primary: true },
    profileId: { name: 'profile_id', type: 'uuid' },
    kind: { type: 'text' },
    state: { type: 'text', default: 'queued' },
    tokenId: { name: 'token_id', type: 'uuid', nullable: true },
    recipient: { type: 'text', nullable: true },
    attempts: { type: 'integer', default: 0 },
    cause: { type: 'jsonb' },
    errorCode: { name: 'error_code', type: 'text', nullable: true },
    error: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
    sentAt: { name: 'sent_at', type: 'timestamptz', nullable: true },
  },
});

export type WriteBackState = 'pending' | 'written' | 'missing' | 'conflict' | 'superseded' | 'failed';

export interface WriteBackRow {
  id: string;
  providerId: string;
  profileId: string;
  recordKey: string;
  /** Sealed, in the provider's format; binding `write_backs/hash/<id>`. Cleared once nobody can have it tried any more. */
  hash: Buffer | null;
  /** Sealed, what we believe the provider holds; binding `write_backs/expected/<id>`. Null: no hash. */
  expected: Buffer | null;
  state: WriteBackState;
  attempts: number;
  errorCode: string | null;
  error: string | null;
  createdAt: Date;
  updatedAt: Date;
  finishedAt: Date | null;
}

export const WriteBackEntity = new EntitySchema<WriteBackRow>({
  name: 'write_back',
  tableName: 'write_backs',
  columns: {
    id: { type: 'uuid', primary: true },
    providerId: { name: 'provider_id', type: 'uuid' },
    profileId: { name: 'profile_id', type: 'uuid' },
    recordKey: { name: 'record_key', type: 'text' },
    hash: { type: 'bytea', nullable: true },
    expected: { type: 'bytea', nullable: true },
    state: { type: 'text', default: 'pending' },
    attempts: { type: 'integer', default: 0 },
    errorCode: { name: 'error_code', type: 'text', nullable: true },
    error: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
});
