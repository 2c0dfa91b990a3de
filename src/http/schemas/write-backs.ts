import { z } from 'zod';
import { time } from './shapes.ts';

export const writeBackStateSchema = z
  .enum(['pending', 'written', 'missing', 'conflict', 'superseded', 'failed'])
  .meta({ id: 'WriteBackState' });

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
