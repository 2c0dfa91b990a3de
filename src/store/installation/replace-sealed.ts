import type { Transaction } from '../transaction.ts';
import { sealedColumn, type SealedColumnName } from './sealed-columns.ts';

export interface Resealed {
  readonly row: readonly string[];
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Puts ciphertexts in the place of others, where nobody has changed those meanwhile.
 *
 * @returns how many were replaced.
 */
export async function replaceSealed(
  tx: Transaction,
  name: SealedColumnName,
  resealed: readonly Resealed[],
): Promise<number> {
  const { table, column, row } = sealedColumn(name);
  const keys = row.map((part, at) => `$${String(at + 3)}::${part.type}[]`);
  const same = row.map((part, at) => `stored.${part.name} = given.k${String(at)}`);
  const rows = await tx.query<unknown[]>(
    `WITH given AS (
       SELECT * FROM unnest($1::bytea[], $2::bytea[], ${keys.join(', ')})
         AS given (before, after, ${row.map((_, at) => `k${String(at)}`).join(', ')})
     ), replaced AS (
       UPDATE ${table} stored SET ${column} = given.after FROM given
       WHERE ${same.join(' AND ')} AND stored.${column} = given.before RETURNING 1
     )
     SELECT 1 FROM replaced`,
    [
      resealed.map(({ before }) => before),
      resealed.map(({ after }) => after),
      ...row.map((_, at) => resealed.map((one) => one.row[at])),
    ],
  );
  return rows.length;
}
