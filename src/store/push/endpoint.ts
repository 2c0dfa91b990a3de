import type { ConnectorKind, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Transaction } from '../transaction.ts';

/** Where the posts of one provider arrive. */
export interface PushEndpoint {
  readonly providerId: string;
  readonly name: string;
  readonly connector: ConnectorKind;
  readonly definition: ProviderDefinition;
  readonly version: number;
  readonly checkpoint: string | null;
  readonly paused: boolean;
  /** Sealed; binding `push_endpoints/key/<provider id>`. */
  readonly key: Buffer;
  /** The key before the last rotation, while it is good; binding `push_endpoints/old_key/<provider id>`. */
  readonly oldKey: Buffer | null;
  /** The complete set that is being pushed; null when there is none. */
  readonly setId: string | null;
}

const SELECT = `SELECT p.id AS "providerId", p.name, p.connector, p.definition, p.version, p.checkpoint,
    p.paused_at IS NOT NULL AS paused, e.key, CASE WHEN e.old_key_until > now() THEN e.old_key END AS "oldKey",
    e.set_id AS "setId"
  FROM push_endpoints e JOIN providers p ON p.id = e.provider_id`;

/** @returns null when there is no such provider, or it has no key. */
export async function findEndpoint(tx: Transaction, provider: string): Promise<PushEndpoint | null> {
  const rows = await tx.query<PushEndpoint[]>(`${SELECT} WHERE p.name = $1`, [provider]);
  return rows[0] ?? null;
}

/**
 * The same, kept from other posts until the transaction ends: what posts write gets
 * its numbers in the order in which it becomes visible.
 */
export async function lockEndpoint(tx: Transaction, providerId: string): Promise<PushEndpoint | null> {
  const rows = await tx.query<PushEndpoint[]>(`${SELECT} WHERE p.id = $1 FOR UPDATE OF e`, [providerId]);
  return rows[0] ?? null;
}

export async function hasPushKey(tx: Transaction, provider: string): Promise<boolean> {
  return (await findEndpoint(tx, provider)) !== null;
}

/** Sets a new key. @param oldKey the one before it, sealed as such, good for another 24 hours; null when there was none. */
export async function saveKey(
  tx: Transaction,
  providerId: string,
  keys: { readonly key: Buffer; readonly oldKey: Buffer | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO push_endpoints (provider_id, key) VALUES ($1, $2)
     ON CONFLICT (provider_id) DO UPDATE SET key = excluded.key, old_key = $3,
       old_key_until = now() + interval '24 hours', updated_at = now()`,
    [providerId, keys.key, keys.oldKey],
  );
}
