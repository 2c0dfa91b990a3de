import type { OutboxRow } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** The right to carry out one side effect, until it is settled or its time is over. */
export interface EffectLease extends Pick<OutboxRow, 'id' | 'kind' | 'subjectId' | 'attempts'> {
  /** Names this lease and no other: what settles or renews must show it. */
  readonly owner: string;
}

export interface LeaseRequest {
  readonly id: string;
  /** A new id for every request, so that a lease that ran out cannot be mistaken for the present one. */
  readonly owner: string;
  readonly seconds: number;
}

/**
 * Leases an effect for work and counts the attempt. Of any number that ask at
 * once, one gets it.
 *
 * @returns null when it is settled, not due yet, leased to somebody else, or unknown.
 */
export async function leaseEffect(tx: Transaction, request: LeaseRequest): Promise<EffectLease | null> {
  const [rows] = await tx.query<[EffectLease[], number]>(
    `UPDATE outbox SET attempts = attempts + 1, lease_owner = $2, lease_until = now() + make_interval(secs => $3)
     WHERE id = $1 AND state = 'pending' AND available_at <= now()
       AND (lease_until IS NULL OR lease_until < now())
     RETURNING id, kind, subject_id AS "subjectId", attempts, lease_owner AS owner`,
    [request.id, request.owner, request.seconds],
  );
  return rows[0] ?? null;
}
