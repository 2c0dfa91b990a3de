import type { Transaction } from '../transaction.ts';

export interface PushedRecord {
  readonly providerId: string;
  readonly recordKey: string;
  /** Sealed. */
  readonly record: Buffer;
}

const SELECT = `SELECT r.provider_id AS "providerId", r.record_key AS "recordKey", r.record
  FROM pushed_records r JOIN providers p ON p.id = r.provider_id WHERE p.name = $1`;

/** The next records of a provider in the order of their keys' bytes. */
export async function pagePushedRecords(
  tx: Transaction,
  provider: string,
  stretch: { readonly after: string; readonly limit: number },
): Promise<readonly PushedRecord[]> {
  return await tx.query<PushedRecord[]>(`${SELECT} AND r.record_key > $2 ORDER BY r.record_key LIMIT $3`, [
    provider,
    stretch.after,
    stretch.limit,
  ]);
}

export async function findPushedRecords(
  tx: Transaction,
  provider: string,
  keys: readonly string[],
): Promise<readonly PushedRecord[]> {
  return await tx.query<PushedRecord[]>(`${SELECT} AND r.record_key = ANY ($2::text[])`, [provider, keys]);
}

export async function countPushedRecords(tx: Transaction, provider: string): Promise<number> {
  const rows = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM pushed_records r JOIN providers p ON p.id = r.provider_id WHERE p.name = $1`,
    [provider],
  );
  return rows[0]?.count ?? 0;
}
