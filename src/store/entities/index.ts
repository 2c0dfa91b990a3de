import { ActionTokenEntity, CredentialEntity, SessionEntity } from './access.ts';
import { LinkEntity, ProfileEntity, ProviderEntity } from './directory.ts';
import { EmailEntity, OutboxEntity, WriteBackEntity } from './effects.ts';
import { AuditEntryEntity, ProfileEventEntity } from './history.ts';
import { RunEntity, RunErrorEntity, RunRecordEntity } from './runs.ts';

/** Every entity of the store; the data source knows no others. */
export const ENTITIES = [
  ProviderEntity,
  ProfileEntity,
  LinkEntity,
  CredentialEntity,
  SessionEntity,
  ActionTokenEntity,
  RunEntity,
  RunRecordEntity,
  RunErrorEntity,
  OutboxEntity,
  EmailEntity,
  WriteBackEntity,
  ProfileEventEntity,
  AuditEntryEntity,
] as const;
