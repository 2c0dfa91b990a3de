import { EntitySchema } from 'typeorm';
import type { Cause } from '../../domain/cause.ts';

/** One line of a person's timeline. */
export interface ProfileEventRow {
  /** bigint as text; grows with time. */
  id: string;
  profileId: string;
  at: Date;
  /** What happened: `created`, `updated`, `disabled`, `password-set`, `email-sent`, … */
  kind: string;
  cause: Cause;
  /** Fields with their old and new values, ids, outcomes. Never a secret, a hash or a token. */
  detail: Record<string, unknown>;
}

export const ProfileEventEntity = new EntitySchema<ProfileEventRow>({
  name: 'profile_event',
  tableName: 'profile_events',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    profileId: { name: 'profile_id', type: 'uuid' },
    at: { type: 'timestamptz', default: () => 'now()' },
    kind: { type: 'text' },
    cause: { type: 'jsonb' },
    detail: { type: 'jsonb', default: {} },
  },
});

/** Something an operator did. Rows are only ever added; each is chained to the one before. */
export interface AuditEntryRow {
  /** bigint as text, without gaps. */
  seq: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  chain: Buffer;
}

export const AuditEntryEntity = new EntitySchema<AuditEntryRow>({
  name: 'audit_entry',
  tableName: 'audit_entries',
  columns: {
    seq: { type: 'bigint', primary: true },
    at: { type: 'timestamptz' },
    actor: { type: 'text' },
    action: { type: 'text' },
    subject: { type: 'text' },
    detail: { type: 'jsonb', default: {} },
    chain: { type: 'bytea' },
  },
});
