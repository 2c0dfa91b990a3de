import { decodeKey, type RecordKey, type SourceRecord } from '../contract/record.ts';
import { sqlState } from './failures.ts';
import type { Run } from './pool.ts';
import { keyOf, notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';
import type { Select } from './select.ts';
import { toRecord } from './values.ts';

type KeyParts = readonly string[];

/**
 * The class of "not a value of that type", in its variants: bad text, out of
 * range, no such date. Asked of the keys alone, so that it cannot come from the source.
 */
const NOT_A_VALUE = '22';

/** See RecordReader.get. A key that is no value of the key column's type names no record. */
export async function readRecords(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const wanted = new Set(keys);
  const parts = [...wanted].flatMap((key) => splitKey(key, reader.options.source.key.length));
  if (parts.length === 0) return [];
  const castable = await findCastable(reader, parts, signal);
  if (castable.length === 0) return [];
  return await reader.pool.read(signal, async (run) => {
    const select = await reader.select(run);
    return await readByKeys(run, select, { castable, wanted, passwordColumn: reader.options.passwordColumn });
  });
}

interface Wanted {
  readonly castable: readonly KeyParts[];
  readonly wanted: ReadonlySet<RecordKey>;
  readonly passwordColumn: string | null;
}

async function readByKeys(run: Run, select: Select, about: Wanted): Promise<readonly SourceRecord[]> {
  const { sql, params } = select.byKeys(about.castable);
  const { rows } = await run(sql, params);
  const found = new Map<RecordKey, SourceRecord>();
  for (const row of rows) {
    const key = keyOf(row, select.key.length);
    // The type may call two texts equal ("1" and "01", other case); a key is compared byte for byte.
    if (!about.wanted.has(key)) continue;
    if (found.has(key)) throw notUnique();
    found.set(key, toRecord(row, select, about.passwordColumn));
  }
  return [...found.values()];
}

/** No text in PostgreSQL holds a zero byte. */
function splitKey(key: RecordKey, columns: number): readonly KeyParts[] {
  if (key.includes('\0')) return [];
  const parts = decodeKey(key, columns);
  return parts === null ? [] : [parts];
}

/** Usually one question; each key that does not cast costs as many more as it takes to corner it. */
async function findCastable(
  reader: Reader,
  keys: readonly KeyParts[],
  signal: AbortSignal,
): Promise<readonly KeyParts[]> {
  if (await canCast(reader, keys, signal)) return keys;
  if (keys.length === 1) return [];
  const middle = Math.ceil(keys.length / 2);
  const first = await findCastable(reader, keys.slice(0, middle), signal);
  return [...first, ...(await findCastable(reader, keys.slice(middle), signal))];
}

async function canCast(reader: Reader, keys: readonly KeyParts[], signal: AbortSignal): Promise<boolean> {
  return await reader.pool.read(signal, async (run) => {
    const { sql, params } = (await reader.select(run)).castKeys(keys);
    await run('SAVEPOINT keys');
    try {
      await run(sql, params);
      return true;
    } catch (error) {
      if (!sqlState(error).startsWith(NOT_A_VALUE)) throw error;
      await run('ROLLBACK TO SAVEPOINT keys');
      return false;
    }
  });
}
