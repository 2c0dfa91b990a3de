import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../../contract/errors.ts';
import type { Reader } from '../reader.ts';

const LOOK_EVERY_MS = 20;
const LIMIT_MS = 30_000;

/**
 * The log tells of a commit a moment before others see it, and long before when
 * the server waits for a standby. Reading the record then would find what it was.
 *
 * @param xids lower 32 bits of the transactions' numbers.
 */
export async function awaitVisible(
  reader: Reader,
  xids: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  if (xids.length === 0) return;
  for (let waited = 0; waited < LIMIT_MS; waited += LOOK_EVERY_MS) {
    const snapshot = await reader.pool.read(signal, async (run) => {
      const { rows } = await run('SELECT txid_current_snapshot()::text', []);
      return rows[0]?.[0] ?? '';
    });
    if (xids.every((xid) => hasEnded(xid, snapshot))) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  throw new ConnectorError(
    'SOURCE_BUSY',
    'a transaction in the log cannot be seen yet: a standby keeps it waiting',
  );
}

/** @param snapshot as PostgreSQL prints one: oldest, newest, and those open between them. */
export function hasEnded(xid: number, snapshot: string): boolean {
  const [oldest = '0', newest = '0', open = ''] = snapshot.split(':');
  const low = Number(BigInt.asUintN(32, BigInt(oldest)));
  const high = Number(BigInt.asUintN(32, BigInt(newest)));
  // The distance in a circle of 32 bits: half of it lies before, half after.
  const isBefore = (bound: number): boolean => ((xid - bound) | 0) < 0;
  if (isBefore(low)) return true;
  if (!isBefore(high)) return false;
  return !open.split(',').some((one) => one !== '' && Number(BigInt.asUintN(32, BigInt(one))) === xid);
}
