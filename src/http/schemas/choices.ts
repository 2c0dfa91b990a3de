import { z } from 'zod';
import { list } from './shapes.ts';

export const templateSchema = z
  .object({
    name: z.string(),
    application: z.string().meta({ description: 'Name and versions, for people.' }),
    connectors: list(
      z.object({
        connector: z.enum(['postgres', 'mysql', 'sqlite', 'push']),
        definition: z
          .record(z.string(), z.unknown())
          .meta({ description: 'Everything but name, connector and connection.' }),
      }),
    ).meta({ description: 'The databases it runs on, the usual one first.' }),
    notes: list(z.string()),
    tested: z.object({
      against: z.enum(['application', 'schema']).meta({
        description:
          'application: a database that the application made, and its own check of passwords. schema: the tables that it publishes.',
      }),
      version: z.string(),
    }),
  })
  .meta({ id: 'Template' });

export const passwordFormatSchema = z
  .object({
    name: z.string(),
    description: z.string(),
    weak: z.boolean().meta({ description: 'Written only where the definition accepts that word for word.' }),
    onlyNamed: z.boolean().meta({ description: 'No look tells it: it has to be named.' }),
  })
  .meta({ id: 'PasswordFormat' });
