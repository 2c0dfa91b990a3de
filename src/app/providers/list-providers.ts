import {
  listProviders as selectProviders,
  type ListedProvider,
} from '../../store/providers/list-providers.ts';
import type { AppContext } from '../context.ts';

export type { ListedProvider } from '../../store/providers/list-providers.ts';

/** Every provider, by name. */
export async function listProviders(context: Pick<AppContext, 'store'>): Promise<readonly ListedProvider[]> {
  return await selectProviders(context.store.read, null);
}
