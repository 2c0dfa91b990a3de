import { missing } from '../../kernel/errors.ts';
import { ProviderEntity, type ProviderRow } from '../entities/directory.ts';
import type { Transaction } from '../transaction.ts';

/** @throws AppError `PROVIDER_NOT_FOUND` */
export async function findProvider(tx: Transaction, name: string): Promise<ProviderRow> {
  const provider = await tx.findOneBy(ProviderEntity, { name });
  if (provider === null) throw missing('provider', name, 'List them with: tributary provider list');
  return provider;
}

/** Null when no provider is registered under the name. */
export async function findRegistered(tx: Transaction, name: string): Promise<ProviderRow | null> {
  return await tx.findOneBy(ProviderEntity, { name });
}
