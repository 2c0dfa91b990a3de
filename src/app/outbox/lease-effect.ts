import { newId } from '../../kernel/ids.ts';
import { leaseEffect as leaseRow, type EffectLease } from '../../store/outbox/lease-effect.ts';
import type { AppContext } from '../context.ts';

export type { EffectLease };

/** A killed worker's work is free again after so long. Renewed three times as often. */
export const LEASE_SECONDS = 30;

/** @returns null when there is nothing to do: settled, not due, or somebody else's. */
export async function leaseEffect(
  context: Pick<AppContext, 'store'>,
  id: string,
): Promise<EffectLease | null> {
  return await leaseRow(context.store.read, { id, owner: newId(), seconds: LEASE_SECONDS });
}
