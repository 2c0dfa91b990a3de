import type { Transaction } from '../transaction.ts';

/** A key that the audit log was chained with once. */
export interface RetiredAuditKey {
  readonly keyId: string;
  /** Sealed; binding `audit_keys/key/<key id>`. Null when nobody had it any more. */
  readonly sealed: Buffer | null;
}

/** The oldest first. */
export async function listAuditKeys(tx: Transaction): Promise<readonly RetiredAuditKey[]> {
  return await tx.query<RetiredAuditKey[]>(
    'SELECT key_id AS "keyId", key AS sealed FROM audit_keys ORDER BY retired_at, key_id',
  );
}

/** Has the log go on with another key from its next entry on. The caller holds the lock of the chain. */
export async function changeAuditKey(
  tx: Transaction,
  retired: RetiredAuditKey | null,
  keyId: string,
): Promise<void> {
  if (retired !== null)
    await tx.query(
      `INSERT INTO audit_keys (key_id, key) VALUES ($1, $2)
       ON CONFLICT (key_id) DO UPDATE SET key = EXCLUDED.key, retired_at = now()`,
      [retired.keyId, retired.sealed],
    );
  await tx.query('UPDATE audit_head SET key_id = $1', [keyId]);
}
