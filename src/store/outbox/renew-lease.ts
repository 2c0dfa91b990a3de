import type { Transaction } from '../transaction.ts';
import type { LeaseRequest } from './lease-effect.ts';

/** Extends a lease. @returns false when it is no longer held: stop, somebody else may be at it. */
export async function renewLease(tx: Transaction, request: LeaseRequest): Promise<boolean> {
  const [, renewed] = await tx.query<[unknown, number]>(
    `UPDATE outbox SET lease_until = now() + make_interval(secs => $3)
     WHERE id = $1 AND lease_owner = $2 AND state = 'pending'`,
    [request.id, request.owner, request.seconds],
  );
  return renewed === 1;
}
