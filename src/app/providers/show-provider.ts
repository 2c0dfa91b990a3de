import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import { missing } from '../../kernel/errors.ts';
import { readFollower, type ShownFollower } from '../../store/followers/read-follower.ts';
import { readProviderEvents, type ShownProviderEvent } from '../../store/providers/read-provider-events.ts';
import { listProviders, type ListedProvider } from '../../store/providers/list-providers.ts';
import type { AppContext } from '../context.ts';

const LATEST_EVENTS = 10;

export interface ShownProvider extends ListedProvider {
  readonly warnings: readonly DefinitionWarning[];
  /** Null when its changes are not followed as they happen. */
  readonly follower: ShownFollower | null;
  /** The latest lines of its timeline, newest first. */
  readonly events: readonly ShownProviderEvent[];
}

/** One provider with its definition; of the password it is only said whether there is one. @throws AppError `PROVIDER_NOT_FOUND` */
export async function showProvider(context: Pick<AppContext, 'store'>, name: string): Promise<ShownProvider> {
  const [provider] = await listProviders(context.store.read, name);
  if (provider === undefined) throw missing('provider', name, 'List them with: bin/tributary provider list');
  const follower = await readFollower(context.store.read, name);
  const events = await readProviderEvents(context.store.read, name, LATEST_EVENTS);
  return { ...provider, warnings: definitionWarnings(provider.definition), follower, events };
}
