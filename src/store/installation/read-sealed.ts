import type { Transaction } from '../transaction.ts';
import { sealedColumn, type SealedColumnName } from './sealed-columns.ts';

export interface SealedRow {
  /** The values of the primary key, as text. */
  readonly row: readonly string[];
  readonly sealed: Buffer;
}

export interface SealedPage {
  /** What ciphertexts that are left out begin with. */
  readonly header: Buffer;
  /** The row to go on after; null for the first page. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** Ciphertexts that do not begin with the header, in the order of the primary key. */
export async function readSealed(
  tx: Transaction,
  name: SealedColumnName,
  { header, after, limit }: SealedPage,
): Promise<readonly SealedRow[]> {
  const { table, column, row } = sealedColumn(name);
  const names = row.map((part) => part.name).join(', ');
  const place = row.map(({ type }, at) => `$${String(at + 3)}::${type}`).join(', ');
  return await tx.query<SealedRow[]>(
    `SELECT ARRAY[${row.map((part) => `${part.name}::text`).join(', ')}] AS row, ${column} AS sealed
     FROM ${table}
     WHERE ${column} IS NOT NULL AND substring(${column} FROM 1 FOR length($1::bytea)) <> $1::bytea
       ${after === null ? '' : `AND (${names}) > (${place})`}
     ORDER BY ${names} LIMIT $2`,
    [header, limit, ...(after ?? [])],
  );
}
