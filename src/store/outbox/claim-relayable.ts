import type { OutboxKind } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

/** What the relay hands to a queue. */
export interface RelayableEffect {
  readonly id: string;
  readonly kind: OutboxKind;
  /** How often it has been relayed, this time included; tells one queue job from the next. */
  readonly relays: number;
}

export interface RelayBounds {
  readonly kind: OutboxKind;
  /** At most so many of this kind are with the queues at once; the rest waits here. */
  readonly window: number;
  /** Relayed longer ago than this and not being worked on: the queue has lost it, and it is relayed again. */
  readonly againAfterSeconds: number;
}

/**
 * Takes what is due and not with a queue, oldest first, and marks it as relayed.
 * Any number of relays may ask at once; no two get the same row.
 *
 * A row whose worker died is due as soon as its lease has ended.
 */
export async function claimRelayable(
  tx: Transaction,
  bounds: RelayBounds,
): Promise<readonly RelayableEffect[]> {
  const [rows] = await tx.query<[RelayableEffect[], number]>(
    `WITH room AS (
       SELECT greatest(0, $2 - count(*)) AS rows FROM outbox
       WHERE kind = $1 AND state = 'pending' AND available_at <= now()
         AND relayed_at >= now() - make_interval(secs => $3)
     ), due AS (
       SELECT id FROM outbox
       WHERE kind = $1 AND state = 'pending' AND available_at <= now()
         AND (lease_until IS NULL OR lease_until < now())
         AND (relayed_at IS NULL OR lease_until < now() OR relayed_at < now() - make_interval(secs => $3))
       ORDER BY available_at, id
       LIMIT (SELECT rows FROM room)
       FOR UPDATE SKIP LOCKED
     )
     UPDATE outbox SET relays = relays + 1, relayed_at = now(), lease_owner = NULL, lease_until = NULL
     FROM due WHERE outbox.id = due.id
     RETURNING outbox.id, outbox.kind, outbox.relays`,
    [bounds.kind, bounds.window, bounds.againAfterSeconds],
  );
  return rows;
}
