import { createHash } from 'node:crypto';
import type { ConnectorOptions } from '../../../connectors/contract/connector.ts';
import type {
  AlsoValue,
  FieldRule,
  PasswordRules,
  ProviderDefinition,
} from '../../../connectors/contract/definition.ts';
import { partColumns } from '../../../connectors/contract/password-format.ts';
import { ruleColumns } from '../mapping/rule-columns.ts';

/** Every rule of a definition with the place it stands at. */
export function rulesOf(
  definition: ProviderDefinition,
): readonly (readonly [path: string, rule: FieldRule])[] {
  const { attributes, ...fields } = definition.mapping;
  const rules: [string, FieldRule | undefined][] = [
    ...Object.entries(fields).map(([name, rule]): [string, FieldRule | undefined] => [
      `mapping.${name}`,
      rule,
    ]),
    ...Object.entries(attributes).map(([name, rule]): [string, FieldRule] => [
      `mapping.attributes.${name}`,
      rule,
    ]),
    ['password.forceReset', definition.password?.forceReset],
    ['password.preRegistration', definition.password?.preRegistration],
  ];
  return rules.filter((entry): entry is [string, FieldRule] => entry[1] !== undefined);
}

/** The columns a definition reads besides key and password, sorted, each once; those that belong to the hash among them. */
export function columnsOf(definition: ProviderDefinition): readonly string[] {
  const columns = rulesOf(definition).flatMap(([, rule]) => ruleColumns(rule));
  const { changedAt, writeBack } = definition.password ?? {};
  const named = [changedAt, writeBack?.compare].filter((column) => column !== undefined);
  return [...new Set([...columns, ...named, ...hashColumns(definition)])].toSorted();
}

/** The columns besides the password column that a hash is spread over, in the order of its parts. */
export function hashColumns({ password }: ProviderDefinition): readonly string[] {
  return password === undefined || hashColumn(password) === null ? [] : partColumns(password.format);
}

/** The column that hashes are read from; null where none are, or where the login may write them and not read them. */
export function hashColumn(password: PasswordRules | undefined): string | null {
  return password?.writeBack.compare === undefined ? (password?.column ?? null) : null;
}

/**
 * Names the way records become profiles: 16 hexadecimal digits. When it differs
 * from the one a link carries, the record is mapped again although its
 * fingerprint is the same.
 */
export function mappingDigest(definition: ProviderDefinition): string {
  const {
    onboarding: _,
    writeBack,
    onSourceChange: __,
    invitations: ___,
    ...password
  } = definition.password ?? { onboarding: null, writeBack: null };
  const compared = writeBack?.compare === undefined ? {} : { compare: writeBack.compare };
  const text = JSON.stringify([rulesOf(definition), columnsOf(definition), { ...password, ...compared }]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What a connector needs to know of a definition, without the password. */
export function connectorOptions(definition: ProviderDefinition): Omit<ConnectorOptions, 'password'> {
  return {
    name: definition.name,
    connection: definition.connection,
    source: definition.source,
    changes: definition.changes,
    columns: columnsOf(definition),
    verifyQuery: definition.password?.verify?.query,
    passwordColumn: hashColumn(definition.password),
    writeBack: writeBackOptions(definition),
  };
}

function writeBackOptions(definition: ProviderDefinition): ConnectorOptions['writeBack'] {
  const { column, writeBack } = definition.password ?? {};
  if (column === undefined || writeBack?.enabled !== true) return null;
  const { compare } = writeBack;
  return {
    also: writtenAlong(definition),
    ...(compare !== undefined && { unread: { column, compare } }),
  };
}

/** A hash that has its salt in itself leaves no old one beside it. */
const NO_PART = '';

function writtenAlong(definition: ProviderDefinition): Readonly<Record<string, AlsoValue>> {
  const rules = definition.password?.writeBack;
  const parts = rules?.format === undefined ? hashColumns(definition) : [];
  return { ...Object.fromEntries(parts.map((column) => [column, NO_PART])), ...rules?.set };
}
