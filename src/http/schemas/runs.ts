import { z } from 'zod';
import { list, time } from './shapes.ts';

export const runStateSchema = z
  .enum(['queued', 'planning', 'held', 'applying', 'done', 'failed', 'rejected'])
  .meta({ id: 'RunState' });

export const runKindSchema = z.enum(['full', 'delta', 'stream', 'record']).meta({ id: 'RunKind' });

export const fieldChangeSchema = z
  .object({ from: z.string().nullable(), to: z.string().nullable() })
  .meta({ id: 'FieldChange' });

export const changesOfFields = z.record(z.string(), fieldChangeSchema);

/** Who or what made a change. */
export const causeSchema = z
  .looseObject({ kind: z.string() })
  .meta({ id: 'Cause', description: '`run`, `schedule`, `operator` (with a name), `person` or `system`.' });

const countersSchema = z
  .object({
    read: z.int(),
    unchanged: z.int(),
    created: z.int(),
    linked: z.int(),
    updated: z.int(),
    returned: z.int(),
    disabled: z.int(),
    errors: z.int(),
    emails: z.int(),
    applied: z.int(),
    skipped: z.int(),
  })
  .partial()
  .meta({ id: 'RunCounters', description: 'Records by what was planned for them, then by what was done.' });

export const runSchema = z
  .object({
    id: z.uuid(),
    provider: z.string(),
    kind: runKindSchema,
    dryRun: z.boolean(),
    recordKey: z.string().nullable(),
    replayOf: z.uuid().nullable().meta({ description: 'The run whose faulty records are tried again.' }),
    state: runStateSchema,
    phase: z
      .enum(['pages', 'digests', 'buckets', 'staging', 'keys'])
      .nullable()
      .meta({ description: 'What the planning is at; null before it, and for a first import.' }),
    cause: causeSchema,
    counters: countersSchema,
    expected: z.number().nullable(),
    planned: z.boolean(),
    planHash: z.string().nullable(),
    heldReasons: list(
      z.object({ safeguard: z.string(), planned: z.number(), limit: z.number(), message: z.string() }),
    ).nullable(),
    decidedBy: z.string().nullable(),
    errorCode: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Run' });

export const runActionSchema = z
  .enum(['create', 'link', 'update', 'return', 'disable'])
  .meta({ id: 'RunAction' });

export const recordStateSchema = z
  .enum(['planned', 'applied', 'skipped', 'error'])
  .meta({ id: 'RecordState' });

export const runRecordSchema = z
  .object({
    id: z.string(),
    recordKey: z.string(),
    action: runActionSchema,
    profileId: z.string().nullable(),
    username: z.string().nullable(),
    changes: changesOfFields,
    state: recordStateSchema,
  })
  .meta({ id: 'RunRecord' });

export const runOutcomesSchema = z
  .object({
    records: list(z.object({ action: runActionSchema, state: recordStateSchema, records: z.int() })),
    faults: list(z.object({ code: z.string(), open: z.int(), mended: z.int() })),
  })
  .meta({ id: 'RunOutcomes' });

export const runErrorSchema = z
  .object({
    id: z.string(),
    recordKey: z.string(),
    field: z.string(),
    code: z.string(),
    message: z.string(),
    createdAt: time,
    resolvedAt: time.nullable(),
  })
  .meta({ id: 'RunError' });

export const runRequestSchema = z.strictObject({
  provider: z.string().min(1).max(63),
  kind: z.enum(['full', 'delta', 'record']).default('full'),
  recordKey: z.string().min(1).max(2_000).optional().meta({ description: 'For a run of kind `record`.' }),
  dryRun: z.boolean().default(false),
});

export const requestedRunSchema = z.object({ runId: z.uuid() });

export const resyncRequestSchema = z.strictObject({ recordKey: z.string().min(1).max(2_000) });

export const resyncSchema = z
  .object({
    runId: z.uuid(),
    state: runStateSchema,
    steps: list(
      z.object({
        name: z.enum(['connected', 'found', 'mapped', 'matched', 'done']),
        state: z.enum(['ok', 'failed', 'skipped']),
        detail: z.string(),
      }),
    ),
    profileId: z.string().nullable(),
    changes: changesOfFields,
  })
  .meta({ id: 'Resync' });
