import {
  findWriteBacks,
  type ListedWriteBack,
  type WriteBackFilter,
} from '../../store/passwords/find-write-backs.ts';
import type { AppContext } from '../context.ts';
import { providerIdOf } from '../providers/provider-id-of.ts';

export type { ListedWriteBack };

/** Write-backs with their state and what is wrong with them, by time. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listWriteBacks(
  context: Pick<AppContext, 'store'>,
  { provider, ...filter }: Omit<WriteBackFilter, 'providerId'> & { readonly provider?: string | undefined },
): Promise<readonly ListedWriteBack[]> {
  const { read } = context.store;
  return await findWriteBacks(read, { ...filter, providerId: await providerIdOf(read, provider) });
}
