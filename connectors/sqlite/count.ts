import type { Reader } from './reader.ts';

/** See RecordReader.count. */
export async function countRecords(reader: Reader, signal: AbortSignal): Promise<number> {
  return await reader.pool.read(signal, async (session) => {
    const { sql, params } = (await reader.select(session)).count();
    const { rows } = await session.run(sql, params);
    return Number(rows[0]?.[0] ?? 0);
  });
}
