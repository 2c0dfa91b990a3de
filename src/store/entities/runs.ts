import { EntitySchema } from 'typeorm';
import type { Cause } from '../../domain/cause.ts';
import type { HeldReason } from '../../domain/runs/safeguard.ts';
import type {
  FieldChange,
  RunAction,
  RunCounters,
  RunKind,
  RunPhase,
  RunState,
} from '../../domain/runs/run.ts';

export interface RunRow {
  id: string;
  providerId: string;
  kind: RunKind;
  dryRun: boolean;
  /** The one record of a run of kind `record`. */
  recordKey: string | null;
  /** The run whose faulty records are tried again; null otherwise. */
  replayOf: string | null;
  cause: Cause;
  tick: Date | null;
  definitionVersion: number;
  state: RunState;
  counters: RunCounters;
  /** How many records the source said it has; null while unknown. */
  expected: number | null;
  /** False for a first import, which has nothing to compare and is applied as it is read. */
  planned: boolean;
  /** The last key dealt with in the present phase; null at its start. */
  position: string | null;
  /** What the planning is at; null before it and for runs that are not planned. */
  phase: RunPhase | null;
  /** Where the provider's history stands once this run is done; null where there is none, and until it is known. */
  checkpoint: string | null;
  /** Into how many buckets a pass by digests sorts the records; null otherwise. */
  buckets: number | null;
  planHash: string | null;
  heldReasons: HeldReason[] | null;
  decidedBy: string | null;
  errorCode: string | null;
  error: string | null;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  updatedAt: Date;
  finishedAt: Date | null;
}

export const RunEntity = new EntitySchema<RunRow>({
  name: 'run',
  tableName: 'runs',
  columns: {
    id: { type: 'uuid', primary: true },
    providerId: { name: 'provider_id', type: 'uuid' },
    kind: { type: 'text' },
    dryRun: { name: 'dry_run', type: 'boolean', default: false },
    recordKey: { name: 'record_key', type: 'text', nullable: true },
    replayOf: { name: 'replay_of', type: 'uuid', nullable: true },
    cause: { type: 'jsonb' },
    tick: { type: 'timestamptz', nullable: true },
    definitionVersion: { name: 'definition_version', type: 'integer' },
    state: { type: 'text', default: 'queued' },
    counters: { type: 'jsonb', default: {} },
    expected: { type: 'integer', nullable: true },
    planned: { type: 'boolean', default: true },
    position: { type: 'text', nullable: true },
    phase: { type: 'text', nullable: true },
    checkpoint: { type: 'text', nullable: true },
    buckets: { type: 'integer', nullable: true },
    planHash: { name: 'plan_hash', type: 'text', nullable: true },
    heldReasons: { name: 'held_reasons', type: 'jsonb', nullable: true },
    decidedBy: { name: 'decided_by', type: 'text', nullable: true },
    errorCode: { name: 'error_code', type: 'text', nullable: true },
    error: { type: 'text', nullable: true },
    leaseOwner: { name: 'lease_owner', type: 'uuid', nullable: true },
    leaseUntil: { name: 'lease_until', type: 'timestamptz', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    startedAt: { name: 'started_at', type: 'timestamptz', nullable: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
});

export interface RunRecordRow {
  /** bigint as text. */
  id: string;
  runId: string;
  recordKey: string;
  action: RunAction;
  profileId: string | null;
  changes: Record<string, FieldChange>;
  state: 'planned' | 'applied' | 'skipped' | 'error';
}

export const RunRecordEntity = new EntitySchema<RunRecordRow>({
  name: 'run_record',
  tableName: 'run_records',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    runId: { name: 'run_id', type: 'uuid' },
    recordKey: { name: 'record_key', type: 'text' },
    action: { type: 'text' },
    profileId: { name: 'profile_id', type: 'uuid', nullable: true },
    changes: { type: 'jsonb', default: {} },
    state: { type: 'text', default: 'planned' },
  },
});

export interface RunErrorRow {
  /** bigint as text. */
  id: string;
  runId: string;
  recordKey: string;
  field: string;
  code: string;
  message: string;
  createdAt: Date;
  resolvedAt: Date | null;
}

export const RunErrorEntity = new EntitySchema<RunErrorRow>({
  name: 'run_error',
  tableName: 'run_errors',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    runId: { name: 'run_id', type: 'uuid' },
    recordKey: { name: 'record_key', type: 'text' },
    field: { type: 'text' },
    code: { type: 'text' },
    message: { type: 'text' },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
    resolvedAt: { name: 'resolved_at', type: 'timestamptz', nullable: true },
  },
});
