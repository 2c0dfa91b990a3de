import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord, SourceValue } from '../../../connectors/contract/record.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { joinStored, splitStored } from '../../../connectors/contract/stored-password.ts';
import { hashColumns } from '../providers/columns.ts';

/**
 * What a person's password is verified against: the record's hash together with
 * the columns that belong to it, as one text. Null when the record has no hash.
 */
export function storedPassword(definition: ProviderDefinition, record: SourceRecord): Secret | null {
  const columns = hashColumns(definition);
  if (record.passwordHash === null || columns.length === 0) return record.passwordHash;
  const parts = columns.map((column) => record.values[column] ?? null);
  return new Secret(joinStored({ hash: record.passwordHash.reveal(), parts }));
}

/** What the column holds that is compared where hashes are not read; null also where none is. */
export function comparedValue({ password }: ProviderDefinition, record: SourceRecord): SourceValue {
  const column = password?.writeBack.compare;
  return column === undefined ? null : (record.values[column] ?? null);
}

/** What a password written later is compared with: the stored password, or that column. */
export function heldAt(definition: ProviderDefinition, record: SourceRecord): Secret | null {
  if (definition.password?.writeBack.compare === undefined) return storedPassword(definition, record);
  const compared = comparedValue(definition, record);
  return compared === null ? null : new Secret(compared);
}

/** The part of such a text that the password column holds. */
export function passwordColumnOf(stored: Secret): Secret {
  return new Secret(splitStored(stored.reveal()).hash);
}

/** The rest of it by column; empty for a hash that has everything in itself. */
export function hashColumnsOf(
  definition: ProviderDefinition,
  stored: Secret,
): Readonly<Record<string, Secret>> {
  const { parts } = splitStored(stored.reveal());
  const columns = hashColumns(definition).map((column, at) => [column, parts[at] ?? null] as const);
  return Object.fromEntries(
    columns.flatMap(([column, part]) => (part === null ? [] : [[column, new Secret(part)]])),
  );
}
