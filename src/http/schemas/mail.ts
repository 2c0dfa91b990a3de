import { z } from 'zod';
import { time } from './shapes.ts';

export const emailStateSchema = z
  .enum(['held', 'queued', 'sent', 'undeliverable', 'failed', 'cancelled'])
  .meta({ id: 'EmailState', description: '`held`: an invitation that waits until it is released.' });

export const emailSchema = z
  .object({
    id: z.uuid(),
    profileId: z.uuid(),
    username: z.string(),
    kind: z.string(),
    state: emailStateSchema,
    recipient: z.string().nullable(),
    attempts: z.int(),
    errorCode: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: time,
    sentAt: time.nullable(),
    nextAttemptAt: time.nullable(),
    linkValidUntil: time.nullable(),
    linkUsedAt: time.nullable(),
  })
  .meta({ id: 'Email' });

export const retrySchema = z.union([
  z.strictObject({ id: z.uuid() }),
  z.strictObject({ all: z.literal(true) }),
]);

export const retriedSchema = z.object({ retried: z.int() });
