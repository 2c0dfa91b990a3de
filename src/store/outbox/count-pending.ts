import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** How many effects wait or are under way; how many of them are due; the age of the oldest due one in seconds. */
export interface PendingCount {
  readonly kind: OutboxKind;
  readonly pending: number;
  readonly due: number;
  readonly oldestDueSeconds: number;
}

/** One line per kind that has anything pending. */
export async function countPending(tx: Transaction): Promise<readonly PendingCount[]> {
  return await tx.query<PendingCount[]>(
    `SELECT kind, count(*)::int AS pending,
            (count(*) FILTER (WHERE available_at <= now()))::int AS due,
            coalesce(extract(epoch FROM now() - min(available_at) FILTER (WHERE available_at <= now())), 0)::float8
              AS "oldestDueSeconds"
     FROM outbox WHERE state = 'pending' GROUP BY kind ORDER BY kind`,
  );
}
