import { z } from 'zod';
import { list, time } from './shapes.ts';

export const workKindSchema = z.enum(['run', 'email', 'write-back']).meta({ id: 'WorkKind' });

export const workStateSchema = z.enum(['pending', 'failed']).meta({ id: 'WorkState' });

export const workSchema = z
  .object({
    id: z.uuid(),
    kind: workKindSchema,
    subjectId: z.uuid().meta({ description: 'The run, e-mail or write-back.' }),
    state: workStateSchema,
    underWay: z.boolean(),
    attempts: z.int(),
    errorCode: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: time,
    availableAt: time.meta({ description: 'When it is tried next.' }),
    provider: z.string().nullable(),
    profileId: z.uuid().nullable(),
    username: z.string().nullable(),
    about: z.string().nullable().meta({ description: 'The kind of the run or e-mail.' }),
  })
  .meta({ id: 'Work' });

export const waitingWorkSchema = z.object({
  items: list(
    z.object({
      kind: workKindSchema,
      pending: z.int(),
      due: z.int(),
      oldestDueSeconds: z.number().meta({ description: 'Growing: no worker is running.' }),
    }),
  ),
});
