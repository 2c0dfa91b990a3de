import type { Transaction } from '../transaction.ts';

/** Seconds since 1970 by the store's clock, which all processes share. */
export async function readClock(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ now: number }[]>(
    `SELECT extract(epoch FROM clock_timestamp())::float8 AS now`,
  );
  if (row === undefined) throw new Error('the store has no clock');
  return row.now;
}
