import { renewLease as renewRow } from '../../store/outbox/renew-lease.ts';
import type { AppContext } from '../context.ts';
import { LEASE_SECONDS, type EffectLease } from './lease-effect.ts';

/** @returns false when the lease is lost: stop, somebody else may be at it. */
export async function renewLease(context: Pick<AppContext, 'store'>, lease: EffectLease): Promise<boolean> {
  return await renewRow(context.store.read, { id: lease.id, owner: lease.owner, seconds: LEASE_SECONDS });
}
