import type { WriteBackState } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export async function findWriteBackState(tx: Transaction, id: string): Promise<WriteBackState | null> {
  const rows = await tx.query<{ state: WriteBackState }[]>('SELECT state FROM write_backs WHERE id = $1', [
    id,
  ]);
  return rows[0]?.state ?? null;
}
