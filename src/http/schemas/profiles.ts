import { z } from 'zod';
import { list, time } from './shapes.ts';
import { emailSchema } from './mail.ts';
import { causeSchema, changesOfFields } from './runs.ts';
import { writeBackSchema as listedWriteBackSchema } from './write-backs.ts';

/** The latest registration e-mail of somebody who waits for a first password. */
export const invitationSchema = z
  .enum(['held', 'queued', 'sent', 'expired', 'used', 'undeliverable', 'failed', 'cancelled'])
  .meta({
    id: 'Invitation',
    description: 'Of people who wait for a first password: their latest invitation.',
  });

export const listedProfileSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    email: z.string().nullable(),
    displayName: z.string().nullable(),
    provider: z.string().nullable(),
    recordKey: z.string().nullable(),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    forceReset: z.boolean(),
    preRegistration: z.boolean(),
    invitation: invitationSchema.nullable(),
  })
  .meta({ id: 'ListedProfile', description: 'Addresses are masked for everybody but admins.' });

export const timelineLineSchema = z
  .object({
    id: z.string(),
    at: time,
    kind: z.string(),
    cause: causeSchema,
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineLine' });

/** What a part of a timeline is about. */
export const timelineTopicSchema = z.enum(['profile', 'mail', 'access', 'write-back']).meta({
  id: 'TimelineTopic',
  description:
    '`profile`: fields and flags; `mail`: e-mails and links; `access`: passwords, sign-ins, sessions.',
});

export const profileSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    fields: list(z.object({ name: z.string(), value: z.string().nullable(), owner: z.string() })),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    forceReset: z.boolean(),
    preRegistration: z.boolean(),
    emailUndeliverableAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    credential: z.object({
      effective: z.enum(['none', 'local', 'provider']),
      format: z.string().nullable().meta({ description: 'The name of the format, never a hash.' }),
      setAt: time.nullable(),
    }),
    link: z.object({ provider: z.string(), recordKey: z.string(), goneAt: z.string().nullable() }).nullable(),
    registration: z
      .object({
        state: z.string(),
        sentAt: z.string().nullable(),
        validUntil: z.string().nullable(),
        usedAt: z.string().nullable(),
      })
      .nullable(),
    lock: z
      .object({ failures: z.int(), blockedUntil: z.string().nullable() })
      .meta({ description: 'Attempts to sign in that failed in a row; `infinity`: until somebody unlocks.' }),
    sessions: z.int(),
    emails: list(emailSchema),
    writeBacks: list(listedWriteBackSchema),
    timeline: list(timelineLineSchema),
  })
  .meta({ id: 'Profile' });

const fieldTexts = z.record(z.string().max(200), z.string().max(10_000));

export const profileRequestSchema = z.strictObject({
  fields: fieldTexts.meta({
    description:
      '`username`, `email`, `givenName`, `familyName`, `displayName`, `locale`, `attributes.NAME`.',
  }),
  preRegistration: z
    .boolean()
    .default(false)
    .meta({ description: 'Send a link to choose the first password.' }),
  forceReset: z
    .boolean()
    .nullable()
    .default(null)
    .meta({ description: 'Ask for a new password once one is set; goes with `preRegistration`.' }),
});

export const createdProfileSchema = z.object({ id: z.uuid(), emailRequested: z.boolean() });

export const profileChangesSchema = z.strictObject({
  changes: z
    .record(z.string().max(200), z.union([z.string().max(10_000), z.boolean()]))
    .meta({ description: '`forceReset`, `preRegistration`, `enabled`, or fields that no provider owns.' }),
});

export const setProfileSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  changes: changesOfFields,
  emailRequested: z.boolean(),
});

export const resendSchema = z.object({
  requested: list(z.string()),
  skipped: list(z.object({ profileId: z.string(), reason: z.string() })),
});

export const personSessionSchema = z
  .object({
    id: z.uuid(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: time,
    seenAt: time,
    expiresAt: time,
  })
  .meta({ id: 'PersonSession' });

export const endedSessionsSchema = z.object({ ended: z.int() });

export const unlockedSchema = z.object({ failures: z.int(), blockedUntil: z.string().nullable() });

export const fileLookSchema = z
  .object({
    columns: list(z.object({ name: z.string(), samples: list(z.string()), passwords: z.boolean() })),
    suggestion: z
      .record(z.string(), z.string())
      .meta({ description: 'For each field the column that it most likely is in.' }),
  })
  .meta({ id: 'FileLook' });

export const importPreviewSchema = z
  .object({
    rows: z.int(),
    good: z.int(),
    refused: z.int(),
    emails: z.int(),
    problems: list(z.object({ path: z.string(), code: z.string(), message: z.string(), remedy: z.string() })),
    people: list(
      z.object({
        line: z.int(),
        username: z.string(),
        email: z.string().nullable(),
        forceReset: z.boolean(),
        preRegistration: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ImportPreview' });

export const importReportSchema = z
  .object({
    rows: z.int(),
    created: z.int(),
    emails: z.int(),
    refused: z.int(),
    problems: list(z.object({ path: z.string(), code: z.string(), message: z.string(), remedy: z.string() })),
  })
  .meta({ id: 'ImportReport' });
