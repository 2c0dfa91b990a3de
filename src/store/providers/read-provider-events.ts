import type { Transaction } from '../transaction.ts';
import type { ProviderEvent } from './record-provider-event.ts';

export interface ShownProviderEvent extends Omit<ProviderEvent, 'providerId'> {
  readonly at: Date;
}

/** The latest lines of a provider's timeline, newest first. */
export async function readProviderEvents(
  tx: Transaction,
  provider: string,
  limit: number,
): Promise<readonly ShownProviderEvent[]> {
  return await tx.query<ShownProviderEvent[]>(
    `SELECT e.at, e.kind, e.cause, e.detail FROM provider_events e JOIN providers p ON p.id = e.provider_id
     WHERE p.name = $1 ORDER BY e.id DESC LIMIT $2`,
    [provider, limit],
  );
}
