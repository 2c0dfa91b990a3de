import { z } from 'zod';
import type { Connection, Transform } from '../../../connectors/contract/definition.ts';
import { DIGESTS } from '../../../connectors/contract/password-format.ts';
import { list, time } from './shapes.ts';
import { connectorKindSchema, definitionSchema } from './definition-parts.ts';
import { causeSchema, changesOfFields, runKindSchema, runStateSchema } from './runs.ts';

export const providerSchema = z
  .object({
    name: z.string(),
    connector: z.string(),
    definition: z
      .record(z.string(), z.unknown())
      .meta({ description: 'As it was applied, without the password; `connection` for admins only.' }),
    version: z.int(),
    hasPassword: z.boolean(),
    pausedAt: time.nullable(),
    lastErrorCode: z.string().nullable(),
    lastError: z.string().nullable(),
    lastErrorAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    profiles: z.object({ linked: z.int(), enabled: z.int(), gone: z.int() }),
    lastRun: z
      .object({
        id: z.uuid(),
        kind: runKindSchema,
        state: runStateSchema,
        createdAt: time,
        finishedAt: time.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Provider' });

export const warningSchema = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

export const shownProviderSchema = providerSchema
  .extend({
    warnings: list(warningSchema),
    follower: z
      .object({
        state: z.string(),
        reason: z.string().nullable(),
        since: time,
        lagSeconds: z.number(),
        movedAt: time.nullable(),
      })
      .nullable()
      .meta({ description: 'How far changes are followed as they happen; null when they are not.' }),
    events: list(
      z.object({
        at: time,
        kind: z.string(),
        cause: causeSchema,
        detail: z.record(z.string(), z.unknown()),
      }),
    ).meta({ description: 'The latest of its timeline, newest first.' }),
  })
  .meta({ id: 'ShownProvider' });

export const appliedSchema = z
  .object({
    name: z.string(),
    outcome: z.enum(['created', 'updated', 'unchanged']),
    changes: changesOfFields,
    warnings: list(warningSchema),
    version: z.int(),
  })
  .meta({ id: 'AppliedProvider' });

/** What applying did or would do, without the version that comes of it. */
export const plannedSchema = appliedSchema.omit({ version: true }).meta({ id: 'PlannedProvider' });

/** The document of `provider apply`, for reading: it is checked with better words by its own parser. */
export const definitionDocument = z
  .union([
    definitionSchema('postgres'),
    definitionSchema('mysql'),
    definitionSchema('sqlite'),
    definitionSchema('push'),
  ])
  .meta({ id: 'ProviderDefinition' });

/** Several of them, all or none; checked by the same parser. */
export const definitionDocuments = z.strictObject({ definitions: list(definitionDocument) });

/** Schemas that describe and do not check. */
export const describesOnly: ReadonlySet<z.ZodType> = new Set<z.ZodType>([
  definitionDocument,
  definitionDocuments,
]);

export const testSchema = z
  .object({
    name: z.string(),
    ready: z.boolean(),
    findings: list(
      z.object({
        step: z.string(),
        severity: z.enum(['error', 'warning', 'ok']),
        code: z.string(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
    warnings: list(warningSchema),
    firstRun: z
      .object({ records: z.int(), seconds: z.number(), emails: z.int() })
      .nullable()
      .meta({ description: 'What the first run would be like; null when the records cannot be read.' }),
  })
  .meta({ id: 'ProviderTest' });

/** They come out of our own parser: here they are only passed on. */
const shownConnection = z.record(z.string(), z.unknown()) as unknown as z.ZodType<Connection>;
const shownTransform = z.unknown() as z.ZodType<Transform>;

const proposalSchema = z
  .object({
    table: z.string(),
    reason: z.string(),
    key: list(z.string()),
    cursor: z.object({ column: z.string(), reason: z.string() }).nullable(),
    fields: list(
      z.object({
        path: z.string(),
        column: z.string(),
        transform: list(shownTransform),
        reason: z.string(),
      }),
    ),
    nearMisses: list(z.object({ path: z.string(), column: z.string(), reason: z.string() })),
    hashFormats: list(z.string()),
    namedFormat: z.string().nullable(),
    salted: z
      .object({ column: z.string(), digest: z.enum(DIGESTS), reason: z.string() })
      .nullable()
      .meta({ description: 'The column that holds the salts of the hashes; null when none does.' }),
    alternatives: list(z.string()),
    notes: list(z.string()),
  })
  .meta({ id: 'Proposal' });

const discoveredColumns = list(
  z.object({
    name: z.string(),
    type: z.string(),
    nullable: z.boolean(),
    looksLike: z.string().nullable(),
  }),
);

export const describedQuerySchema = z
  .object({
    text: z.string(),
    key: list(z.string()).meta({
      description: 'A guess: a column that no record looked at leaves empty or repeats.',
    }),
    columns: discoveredColumns,
    proposal: proposalSchema.nullable().meta({ description: 'Null when nothing looks like people.' }),
  })
  .meta({ id: 'DescribedQuery' });

export const discoverySchema = z
  .object({
    whereabouts: z
      .object({ name: z.string(), connector: connectorKindSchema, connection: shownConnection })
      .meta({ description: 'Without the password.' }),
    tables: list(
      z.object({
        name: z.string(),
        kind: z.enum(['table', 'view']),
        key: list(z.string()),
        columns: discoveredColumns,
        estimatedRows: z.number().nullable(),
      }),
    ),
    applications: list(z.object({ template: z.string(), application: z.string(), table: z.string() })).meta({
      description: 'Applications that were recognised by their tables.',
    }),
    proposal: proposalSchema.nullable().meta({ description: 'Null when nothing looks like people.' }),
    others: list(proposalSchema).meta({ description: 'The same for the other tables that could be people.' }),
    query: describedQuerySchema
      .nullable()
      .meta({ description: 'What the definition’s query answers; null where it has none.' }),
  })
  .meta({ id: 'Discovery' });

export const previewedSchema = z
  .object({
    key: z.string(),
    fields: z
      .object({
        username: z.string(),
        email: z.string().nullable(),
        givenName: z.string().nullable(),
        familyName: z.string().nullable(),
        displayName: z.string().nullable(),
        locale: z.string().nullable(),
        attributes: z.record(z.string(), z.string()),
      })
      .nullable(),
    enabled: z.boolean().nullable(),
    forceReset: z.boolean().nullable(),
    preRegistration: z.boolean().nullable(),
    password: z.string().nullable().meta({ description: 'The format of the hash, never a hash.' }),
    faults: list(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'PreviewedRecord' });

const traceSchema = z
  .object({
    kind: z.string(),
    name: z.string(),
    state: z.enum(['ready', 'absent', 'broken']),
    retainedBytes: z.number().nullable(),
    limitBytes: z.number().nullable(),
    remedy: z.string(),
  })
  .meta({ id: 'Trace' });

export const traceReportSchema = z.object({
  traces: list(traceSchema),
  failure: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .meta({ description: 'Why the source could not be asked; null when it could.' }),
});

export const removedSchema = z.object({
  name: z.string(),
  people: z.string(),
  profiles: z.int(),
  left: traceReportSchema.meta({ description: 'What could not be dropped at the source.' }),
});

export const pausedSchema = z.object({ name: z.string(), changed: z.boolean() });

export const removalQuery = z.strictObject({
  people: z.enum(['keep', 'disable']).default('keep'),
  confirm: z.string().optional().meta({ description: 'The provider’s name once more.' }),
});

export const pushKeySchema = z
  .object({
    key: z.string().meta({ description: 'Begins with `whsec_`; it is shown this once.' }),
    rotated: z.boolean(),
    url: z.string().meta({ description: 'Where posts go.' }),
  })
  .meta({ id: 'PushKey' });
