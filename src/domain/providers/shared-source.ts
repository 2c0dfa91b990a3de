import {
  isServer,
  type Connection,
  type ProviderDefinition,
} from '../../../connectors/contract/definition.ts';
import type { DefinitionWarning } from './definition-warnings.ts';

/**
 * Warns of another provider with the very same records: every person would come
 * twice, and a password would be written by both. Tables that two providers share by
 * different conditions are fine.
 */
export function sharedSource(
  definition: ProviderDefinition,
  others: readonly ProviderDefinition[],
): DefinitionWarning | null {
  const place = placeOf(definition);
  const same = others.find((other) => other.name !== definition.name && placeOf(other) === place);
  if (same === undefined || definition.connector === 'push') return null;
  return {
    path: 'source',
    code: 'SOURCE_SHARED',
    message: `the provider ${same.name} has the same records: its people would come twice`,
    remedy: 'Give each its part with source.where, or remove one of the two.',
  };
}

function placeOf({ connector, connection, source }: ProviderDefinition): string {
  const { table, query, where } = source;
  return JSON.stringify([connector, whereOf(connection), table ?? null, query ?? null, where ?? null]);
}

function whereOf(connection: Connection): readonly unknown[] {
  if (isServer(connection)) return [connection.host.toLowerCase(), connection.port, connection.database];
  return ['file' in connection ? connection.file : null];
}
