import type { Transaction } from '../transaction.ts';
import { sealedColumn, type SealedColumnName } from './sealed-columns.ts';

/** How many ciphertexts of a column were sealed with which key. Reads the whole table. */
export async function countSealed(
  tx: Transaction,
  name: SealedColumnName,
): Promise<readonly { readonly keyId: string; readonly count: number }[]> {
  const { table, column } = sealedColumn(name);
  return await tx.query<{ keyId: string; count: number }[]>(
    `SELECT encode(substring(${column} FROM 2 FOR 8), 'hex') AS "keyId", count(*)::integer AS count
     FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
}
