import { z } from 'zod';
import { time } from './shapes.ts';

export const writeBackStateSchema = z
  .enum(['pending', 'written', 'missing', 'conflict', 'superseded', 'failed'])
  .meta({ id: 'WriteBackState' });

export const keepSchema = z.enum(['here', 'provider']).meta({
  description: 'Which password is to be in force: the one set here, or the one set at the provider.',
});

export const settleSchema = z.union([
  z.strictObject({ id: z.string().min(1).max(300), keep: keepSchema }),
  z.strictObject({ all: z.literal(true), keep: z.literal('provider') }),
]);

export const settledSchema = z.object({ settled: z.int() });

export const writeBackSchema = z
  .object({
    id: z.uuid(),
    profileId: z.uuid(),
    username: z.string(),
    provider: z.string(),
    recordKey: z.string(),
    state: writeBackStateSchema,
    attempts: z.int(),
    errorCode: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: time,
    finishedAt: time.nullable(),
    nextAttemptAt: time.nullable(),
  })
  .meta({ id: 'WriteBack' });
