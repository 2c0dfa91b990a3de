import { decodeKey, type RecordKey } from '../contract/record.ts';
import type { Run } from './pool.ts';
import type { Select } from './select.ts';
import { keyOf } from './values.ts';

/**
 * The key number `place`, from 0, after the given one; null when there are fewer.
 *
 * Where collations may take several keys for equal, the full order has no index:
 * then the key at that place in the order of the collations bounds what is sorted.
 */
export async function findBound(
  run: Run,
  select: Select,
  from: { readonly after: readonly string[] | null; readonly place: number },
): Promise<RecordKey | null> {
  const { after, place } = from;
  const loose = await keyFrom(run, select, select.looseBound(after, place));
  if (loose === null || !select.ties) return loose;
  return await keyFrom(run, select, select.bound(after, decodeKey(loose, select.key.length), place));
}

async function keyFrom(run: Run, select: Select, sql: string): Promise<RecordKey | null> {
  const [row] = (await run(sql)).rows;
  return row === undefined ? null : keyOf(row, select);
}
