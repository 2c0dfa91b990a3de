import type { Cause } from '../../domain/cause.ts';
import type { Transaction } from '../transaction.ts';

/** One line of a provider's timeline. */
export interface ProviderEvent {
  readonly providerId: string;
  /** What happened: `history-lost`, `retention-high`, `push-key`, … */
  readonly kind: string;
  readonly cause: Cause;
  /** Codes, ids and numbers. Never a secret, nor a value of a record. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function recordProviderEvent(tx: Transaction, event: ProviderEvent): Promise<void> {
  await tx.query(
    'INSERT INTO provider_events (provider_id, kind, cause, detail) VALUES ($1, $2, $3::jsonb, $4::jsonb)',
    [event.providerId, event.kind, JSON.stringify(event.cause), JSON.stringify(event.detail)],
  );
}

/** The same, unless the provider's timeline has a line of this kind from the last 24 hours. */
export async function recordProviderEventDaily(tx: Transaction, event: ProviderEvent): Promise<void> {
  const [recent] = await tx.query<unknown[]>(
    `SELECT 1 FROM provider_events WHERE provider_id = $1 AND kind = $2 AND at > now() - interval '24 hours' LIMIT 1`,
    [event.providerId, event.kind],
  );
  if (recent === undefined) await recordProviderEvent(tx, event);
}
