import type { Cause } from '../../domain/cause.ts';
import type { Transaction } from '../transaction.ts';

export interface NewEvent {
  readonly profileId: string;
  /** What happened: `created`, `updated`, `disabled`, `password-set`, `email-sent`, … */
  readonly kind: string;
  /** Never a secret, a hash or a token. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Adds lines to timelines, in order, as part of the transaction that made the changes. */
export async function recordEvents(
  tx: Transaction,
  cause: Cause,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO profile_events (profile_id, kind, cause, detail)
     SELECT profile_id, kind, $1::jsonb, detail
     FROM unnest($2::uuid[], $3::text[], $4::jsonb[]) WITH ORDINALITY AS line (profile_id, kind, detail, place)
     ORDER BY place`,
    [
      JSON.stringify(cause),
      events.map((event) => event.profileId),
      events.map((event) => event.kind),
      events.map((event) => JSON.stringify(event.detail)),
    ],
  );
}
