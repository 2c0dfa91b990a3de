import { ProviderEntity, type ProviderRow } from '../entities/directory.ts';
import type { Transaction } from '../transaction.ts';

/** 7768 is "prov" on a keypad; with the name's hash it only has to be the same everywhere. */
const NAME_LOCK = 7768;

/**
 * The provider of that name, kept from changing until the transaction ends; null
 * when there is none. The name is locked as well, so that two who register it
 * take turns.
 */
export async function lockProvider(tx: Transaction, name: string): Promise<ProviderRow | null> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [NAME_LOCK, name]);
  return await tx.findOne(ProviderEntity, { where: { name }, lock: { mode: 'pessimistic_write' } });
}
