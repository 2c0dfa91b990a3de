import type { Transaction } from '../transaction.ts';

/** Remembers which records are to be read again, in order. */
export async function appendPushed(
  tx: Transaction,
  providerId: string,
  recordKeys: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO pushed_changes (provider_id, record_key)
     SELECT $1, key FROM unnest($2::text[]) WITH ORDINALITY AS n (key, place) ORDER BY place`,
    [providerId, recordKeys],
  );
}

/** Keeps records as they are now. @param setId the complete set that they belong to; null for none. */
export async function keepRecords(
  tx: Transaction,
  providerId: string,
  about: { readonly records: readonly { key: string; sealed: Buffer }[]; readonly setId: string | null },
): Promise<void> {
  const keys = about.records.map(({ key }) => key);
  const sealed = about.records.map((record) => record.sealed);
  await tx.query(
    `INSERT INTO pushed_records AS r (provider_id, record_key, record, set_id, received_at)
     SELECT $1, key, record, $4, clock_timestamp() FROM unnest($2::text[], $3::bytea[]) AS n (key, record)
     ON CONFLICT (provider_id, record_key) DO UPDATE SET record = excluded.record,
       set_id = coalesce(excluded.set_id, r.set_id), received_at = excluded.received_at`,
    [providerId, keys, sealed, about.setId],
  );
}

export async function dropRecords(
  tx: Transaction,
  providerId: string,
  recordKeys: readonly string[],
): Promise<void> {
  await tx.query('DELETE FROM pushed_records WHERE provider_id = $1 AND record_key = ANY ($2::text[])', [
    providerId,
    recordKeys,
  ]);
}

/** Begins a complete set; one that was begun before and never ended is given up. */
export async function beginSet(tx: Transaction, providerId: string, setId: string): Promise<void> {
  await tx.query('UPDATE pushed_records SET set_id = NULL WHERE provider_id = $1 AND set_id IS NOT NULL', [
    providerId,
  ]);
  await tx.query(
    'UPDATE push_endpoints SET set_id = $2, set_begun_at = clock_timestamp() WHERE provider_id = $1',
    [providerId, setId],
  );
}

export async function countSet(tx: Transaction, providerId: string, setId: string): Promise<number> {
  const rows = await tx.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM pushed_records WHERE provider_id = $1 AND set_id = $2',
    [providerId, setId],
  );
  return rows[0]?.count ?? 0;
}

/**
 * Ends a complete set: what is not in it and was not pushed since it began does not
 * exist any more. @returns how many records that were.
 */
export async function endSet(tx: Transaction, providerId: string, setId: string): Promise<number> {
  const [, removed] = await tx.query<[unknown, number]>(
    `DELETE FROM pushed_records r USING push_endpoints e
     WHERE e.provider_id = $1 AND r.provider_id = $1 AND r.set_id IS DISTINCT FROM $2
       AND r.received_at < e.set_begun_at`,
    [providerId, setId],
  );
  await tx.query(
    'UPDATE push_endpoints SET set_id = NULL, set_begun_at = NULL WHERE provider_id = $1 AND set_id = $2',
    [providerId, setId],
  );
  return removed;
}
