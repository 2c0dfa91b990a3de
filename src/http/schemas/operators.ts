import { z } from 'zod';
import { list, time } from './shapes.ts';

export const roleSchema = z.enum(['viewer', 'support', 'admin']).meta({
  id: 'Role',
  description:
    '`viewer` looks, `support` helps people, `admin` registers providers and decides about held runs.',
});

export const scopeSchema = z
  .enum([
    'providers:read',
    'providers:write',
    'runs:read',
    'runs:write',
    'profiles:read',
    'profiles:write',
    'mail:read',
    'mail:write',
    'write-backs:read',
    'write-backs:write',
    'audit:read',
    'operators:read',
    'operators:write',
    'tokens:read',
    'tokens:write',
    'metrics',
    'sign-in',
  ])
  .meta({
    id: 'Scope',
    description:
      'What a token may be used for. Whoever has one with `operators:write` or `tokens:write` can let others in.',
  });

export const meSchema = z
  .object({
    name: z.string(),
    role: roleSchema,
    secondFactor: z.boolean(),
    secondFactorNeeded: z
      .boolean()
      .meta({ description: 'The installation asks for one; without it nothing else is open.' }),
    recoveryCodesLeft: z.int(),
    email: z.string().nullable().meta({ description: 'Where test e-mails go.' }),
    lastSignInAt: time.nullable(),
    sessionId: z.uuid(),
    productName: z.string(),
  })
  .meta({ id: 'Me' });

export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: list(scopeSchema),
    createdBy: z.string(),
    createdAt: time,
    expiresAt: time,
    lastUsedAt: time.nullable(),
    revokedAt: time.nullable(),
  })
  .meta({ id: 'Token' });

export const tokenRequestSchema = z.strictObject({
  name: z.string().min(1).max(100).meta({ description: 'For whom or what; unique among those in force.' }),
  scopes: z.array(scopeSchema).min(1).max(20),
  days: z
    .int()
    .min(1)
    .max(365)
    .default(90)
    .meta({ description: 'What a token makes ends no later than itself.' }),
});

export const createdTokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: list(scopeSchema),
    expiresAt: time,
    token: z.string().meta({ description: 'Shown this once.' }),
  })
  .meta({ id: 'CreatedToken' });

export const revocationSchema = z.strictObject({
  keepOperators: z.enum(['true', 'false']).default('false').meta({
    description:
      'Operators who got in by its links stay. For admins who are signed in to say, not for tokens.',
  }),
});

export const revokedTokenSchema = z
  .object({
    name: z.string(),
    tokens: list(z.string()).meta({ description: 'Made with it, and ended with it: names.' }),
    links: z
      .int()
      .meta({ description: 'One-time links that it made and nobody has used, which are good no more.' }),
    disabled: list(z.string()).meta({
      description: 'Operators who chose their password by a link of it, and are disabled: names.',
    }),
    kept: list(z.string()).meta({
      description: 'Such operators who are not: no other admin could sign in, or it was asked for.',
    }),
  })
  .meta({ id: 'RevokedToken' });

const secretText = z.string().min(1).max(2_048);
const operatorName = z.string().min(1).max(100);
const code = z.string().min(6).max(40);

export const operatorSignInSchema = z.strictObject({
  name: operatorName,
  password: secretText,
  code: code.optional().meta({ description: 'Of the authenticator, or a recovery code.' }),
});

export const signedInSchema = z.object({ name: z.string() });

export const linkCheckSchema = z.strictObject({ token: z.string().min(1).max(200) });

export const linkPurposeSchema = z.object({
  purpose: z.enum(['first', 'password']).meta({ description: '`first`: it makes the first operator.' }),
  name: z.string().nullable(),
});

export const setUpSchema = z.strictObject({
  token: z.string().min(1).max(200),
  name: operatorName.optional().meta({ description: 'For the first operator, who chooses it.' }),
  password: secretText,
});

export const ownPasswordSchema = z.strictObject({ current: secretText, password: secretText });

export const ownEmailSchema = z.strictObject({ email: z.string().min(1).max(254).nullable() });

export const passwordProofSchema = z.strictObject({ password: secretText });

export const secondFactorProofSchema = z.strictObject({ password: secretText, code });

export const codeSchema = z.strictObject({ code });

export const secondFactorSchema = z.object({
  secret: z.string().meta({ description: 'In base 32.' }),
  uri: z.string().meta({ description: 'For a QR code.' }),
});

export const recoveryCodesSchema = z.object({
  recoveryCodes: list(z.string()).meta({ description: 'Shown this once; each is good for one sign-in.' }),
});

export const operatorSessionSchema = z
  .object({
    id: z.uuid(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: time,
    seenAt: time,
    expiresAt: time,
  })
  .meta({ id: 'OperatorSession' });

export const operatorSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: roleSchema,
    secondFactorNeeded: z.boolean().meta({ description: 'The installation asks for one.' }),
    state: z.enum(['active', 'invited', 'disabled']),
    secondFactorSince: time.nullable(),
    lastSignInAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: 'Operator' });

export const operatorRequestSchema = z.strictObject({ name: operatorName, role: roleSchema });

export const operatorChangeSchema = z.strictObject({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
});

export const inviteSchema = z.strictObject({
  dropSecondFactor: z.boolean().default(false).meta({ description: 'For somebody who lost their device.' }),
});

export const invitedOperatorSchema = z.object({
  name: z.string(),
  link: z.string().meta({ description: 'Good once, for a day; shown this once.' }),
  expiresAt: time,
});

export const auditEntrySchema = z
  .object({
    seq: z.string(),
    at: time,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

export const auditVerifySchema = z
  .strictObject({
    anchors: list(z.string().max(100)).meta({
      description: 'What earlier verifications answered as `anchor`, kept elsewhere.',
    }),
  })
  .partial()
  .nullish();

export const auditReportSchema = z
  .object({
    entries: z.int(),
    faults: list(z.object({ code: z.string(), seq: z.string(), message: z.string() })),
    anchors: z.int().meta({ description: 'How many notes of its length it was compared with.' }),
    anchor: z.string().nullable().meta({ description: 'Its present end; keep it elsewhere.' }),
  })
  .meta({ id: 'AuditReport' });
