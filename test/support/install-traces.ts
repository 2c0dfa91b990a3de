import { Secret } from '../../connectors/contract/secret.ts';
import { ProviderEntity } from '../../src/store/entities/directory.ts';
import type { World } from './context.ts';

/** Runs the SQL that a provider's feed needs at the source, as its DBA would; a slot is made by the first run. */
export async function installTraces({ context, source }: World, name: string): Promise<void> {
  const { definition } = await context.store.read.findOneByOrFail(ProviderEntity, { name });
  await using connector = await context.openProvider(definition, new Secret(source.password));
  const traces = (await connector.traces?.list(new AbortController().signal)) ?? [];
  const missing = traces.filter(({ kind, state }) => state === 'absent' && kind !== 'slot');
  // In the order in which they can be dropped, they are listed.
  for (const { remedy } of missing.toReversed()) await source.query(remedy);
}
