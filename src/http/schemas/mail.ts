import { z } from 'zod';
import { list, time } from './shapes.ts';

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
  z.strictObject({ id: z.string().min(1).max(300) }),
  z.strictObject({ all: z.literal(true) }),
]);

export const retriedSchema = z.object({ retried: z.int() });

export const emailKindSchema = z
  .enum(['registration', 'password-reset', 'password-set'])
  .meta({ id: 'EmailKind' });

const templateShape = {
  kind: emailKindSchema,
  language: z.string(),
  origin: z.enum(['built-in', 'own']).meta({ description: '`own`: from the installation’s folder.' }),
};

export const templatesSchema = z.object({
  items: list(z.object(templateShape).meta({ id: 'EmailTemplate' })),
});

export const previewSchema = z
  .object({ ...templateShape, subject: z.string(), text: z.string() })
  .meta({ id: 'EmailPreview' });

export const schemeSchema = z.enum(['light', 'dark']).meta({ id: 'ColourScheme' });

export const testSentSchema = z.object({ to: z.string() });
