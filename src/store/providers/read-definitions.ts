import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Transaction } from '../transaction.ts';

/** The definitions of all providers, without passwords. */
export async function readDefinitions(tx: Transaction): Promise<readonly ProviderDefinition[]> {
  const rows = await tx.query<{ definition: ProviderDefinition }[]>('SELECT definition FROM providers');
  return rows.map(({ definition }) => definition);
}
