import { z } from 'zod';
import { list, time } from './common.ts';

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
    'metrics',
    'sign-in',
  ])
  .meta({ id: 'Scope', description: 'What a token may be used for.' });

export const meSchema = z
  .object({
    name: z.string(),
    role: roleSchema,
    secondFactor: z.boolean(),
    lastSignInAt: time.nullable(),
    productName: z.string(),
    version: z.string(),
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
  days: z.int().min(1).max(365).default(90),
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
