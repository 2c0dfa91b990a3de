import type { Transaction } from '../transaction.ts';

export interface PushedKey {
  /** bigint as text. */
  readonly id: string;
  readonly recordKey: string;
}

/** The records that were pushed after a position, in order. */
export async function nextPushed(
  tx: Transaction,
  providerId: string,
  stretch: { readonly after: string; readonly limit: number },
): Promise<readonly PushedKey[]> {
  return await tx.query<PushedKey[]>(
    `SELECT id::text AS id, record_key AS "recordKey" FROM pushed_changes
     WHERE provider_id = $1 AND id > $2::bigint ORDER BY pushed_changes.id LIMIT $3`,
    [providerId, stretch.after, stretch.limit],
  );
}
