import { z } from 'zod';
import { list } from './shapes.ts';

const schemeSchema = z.object({
  accent: z.string(),
  accentStrong: z.string(),
  fill: z.string(),
  fillStrong: z.string(),
  onFill: z.string(),
  soft: z.string(),
});

export const settingSchema = z
  .object({
    variable: z.string(),
    group: z.string(),
    value: z.string().nullable().meta({ description: 'Null when unset; masked where it is secret.' }),
    origin: z.enum(['default', 'environment', 'file']),
    secret: z.boolean(),
    description: z.string(),
  })
  .meta({ id: 'Setting' });

export const installationSchema = z
  .object({
    version: z.string(),
    node: z.string(),
    roles: list(z.string()),
    publicUrl: z.string(),
    keyId: z.string().meta({ description: 'Names the key that seals secrets, and tells nothing about it.' }),
    inspector: z.boolean().meta({ description: 'Whether /console/queues is served.' }),
    branding: z.object({
      productName: z.string(),
      accentColour: z.string().nullable(),
      hasLogo: z.boolean(),
      hasLogoDark: z.boolean(),
      palette: z.object({ light: schemeSchema, dark: schemeSchema }),
    }),
    settings: list(settingSchema),
  })
  .meta({ id: 'Installation' });

export const diagnosesSchema = z.object({
  items: list(
    z
      .object({
        name: z.string(),
        state: z.enum(['ok', 'warn', 'fail']),
        detail: z.string(),
        remedy: z.string(),
      })
      .meta({ id: 'Diagnosis' }),
  ),
});
