import { z } from 'zod';
import { changesSchema } from './changes.ts';
import { advise, text } from './checks.ts';
import type { ConnectorKind } from '../../../connectors/contract/definition.ts';
import { connectionKeys, connectionSchema } from './connection.ts';
import { fieldRule, ruleKeysAt } from './field-rule.ts';
import { FORMAT_KEYS } from './password-format.ts';
import { passwordSchema, verifySchema, writeBackSchema } from './password-rules.ts';
import { safeguardsSchema } from './safeguards.ts';

const name = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'has to be lower-case letters and digits, with single hyphens between them',
  );

const columns = z
  .array(text)
  .min(1)
  .refine(
    (list) => new Set(list).size === list.length,
    advise('names a column twice', { code: 'COLUMN_REPEATED' }),
  );

const sourceSchema = z.strictObject({
  table: text.optional(),
  query: text.optional(),
  key: columns,
  where: text.optional(),
});

const attributeName = z
  .string()
  .regex(
    /^[A-Za-z][\w.-]{0,63}$/,
    'an attribute has up to 64 letters, digits, dots, hyphens and underscores',
  );

const mappingSchema = z.strictObject({
  username: fieldRule,
  email: fieldRule.optional(),
  givenName: fieldRule.optional(),
  familyName: fieldRule.optional(),
  displayName: fieldRule.optional(),
  locale: fieldRule.optional(),
  enabled: fieldRule.optional(),
  attributes: z.record(attributeName, fieldRule).default({}),
});

export const connectorKindSchema = z.enum(['postgres', 'mysql', 'sqlite', 'push']);

/** What a document says `connection` is about; a connector that does not exist is reported, and read as this one. */
const USUAL: ConnectorKind = 'postgres';

/** @param document anything that may be a provider definition. */
export function connectorKindOf(document: unknown): ConnectorKind {
  const named = z.object({ connector: connectorKindSchema }).safeParse(document);
  return named.success ? named.data.connector : USUAL;
}

/** What says where a database is: enough to look around in it. */
export function whereaboutsShape(kind: ConnectorKind) {
  return { name, connector: connectorKindSchema, connection: connectionSchema(kind) };
}

/** The document that registers a provider, as its author writes it. */
export function definitionSchema(kind: ConnectorKind) {
  return z.strictObject({
    ...whereaboutsShape(kind),
    template: text.optional(),
    source: sourceSchema,
    changes: changesSchema(kind).prefault({}),
    mapping: mappingSchema,
    password: passwordSchema.optional(),
    match: z.enum(['none', 'username', 'email']).default('none'),
    safeguards: safeguardsSchema.prefault({}),
  });
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(definitionSchema(USUAL).shape),
  source: Object.keys(sourceSchema.shape),
  changes: Object.keys(changesSchema(USUAL).shape),
  mapping: Object.keys(mappingSchema.shape),
  password: Object.keys(passwordSchema.shape),
  'password.format': FORMAT_KEYS,
  'password.verify': Object.keys(verifySchema.shape),
  'password.writeBack': Object.keys(writeBackSchema.shape),
  safeguards: Object.keys(safeguardsSchema.shape),
  'safeguards.deletions': ['count', 'percent', 'floor'],
  'safeguards.changes': ['percent', 'floor'],
};

/** The settings a definition has at a path; those of a mapping rule where nothing else is known. */
export function keysAt(path: string, kind: ConnectorKind = USUAL): readonly string[] {
  if (path === 'connection') return connectionKeys(kind);
  return KEYS[path] ?? ruleKeysAt(path);
}
