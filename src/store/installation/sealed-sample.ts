import type { Transaction } from '../transaction.ts';

/** The oldest sealed password of a provider, to try the key on; null when there is none. */
export async function sealedSample(
  tx: Transaction,
): Promise<{ readonly id: string; readonly password: Buffer } | null> {
  const rows = await tx.query<{ id: string; password: Buffer }[]>(
    'SELECT id, password FROM providers WHERE password IS NOT NULL ORDER BY created_at LIMIT 1',
  );
  return rows[0] ?? null;
}
