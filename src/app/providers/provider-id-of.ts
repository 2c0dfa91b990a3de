import { findProvider } from '../../store/providers/find-provider.ts';
import type { Transaction } from '../../store/transaction.ts';

/** The id of the provider that a list is about; null when it is about all. @throws AppError `PROVIDER_NOT_FOUND` */
export async function providerIdOf(read: Transaction, name: string | undefined): Promise<string | null> {
  return name === undefined ? null : (await findProvider(read, name)).id;
}
