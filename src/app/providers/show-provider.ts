import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import { missing } from '../../kernel/errors.ts';
import { listProviders, type ListedProvider } from '../../store/providers/list-providers.ts';
import type { AppContext } from '../context.ts';

export interface ShownProvider extends ListedProvider {
  readonly warnings: readonly DefinitionWarning[];
}

/** One provider with its definition; of the password it is only said whether there is one. @throws AppError `PROVIDER_NOT_FOUND` */
export async function showProvider(context: Pick<AppContext, 'store'>, name: string): Promise<ShownProvider> {
  const [provider] = await listProviders(context.store.read, name);
  if (provider === undefined) throw missing('provider', name, 'List them with: bin/tributary provider list');
  return { ...provider, warnings: definitionWarnings(provider.definition) };
}
