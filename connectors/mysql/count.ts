import type { Reader } from './reader.ts';

/** See RecordReader.count. */
export async function countRecords(reader: Reader, signal: AbortSignal): Promise<number> {
  return await reader.pool.read(signal, async (run) => {
    const { rows } = await run((await reader.select(run)).count());
    return Number(rows[0]?.[0]?.toString() ?? 0);
  });
}
