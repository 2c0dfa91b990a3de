import type { Reader } from './reader.ts';

/** See RecordReader.count. */
export async function countRecords(reader: Reader, signal: AbortSignal): Promise<number> {
  return await reader.pool.read(signal, async (run) => {
    const { sql, params } = (await reader.select(run)).count();
    const { rows } = await run(sql, params);
    return Number(rows[0]?.[0] ?? 0);
  });
}
