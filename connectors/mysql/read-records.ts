import { decodeKey, type RecordKey, type SourceRecord } from '../contract/record.ts';
import type { Run } from './pool.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';
import type { Select } from './select.ts';
import { keyOf, toRecord } from './values.ts';

/** Statements grow with the keys in them; the servers plan this many well. */
const KEYS_PER_STATEMENT = 500;

/** See RecordReader.get. A key that is no value of the key column's type names no record. */
export async function readRecords(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const wanted = new Set(keys);
  if (wanted.size === 0) return [];
  return await reader.pool.read(signal, async (run) => {
    const select = await reader.select(run);
    return await readByKeys(run, select, { wanted, passwordColumn: reader.options.passwordColumn });
  });
}

/** The records with these keys, in the transaction at hand. */
export async function readByKeys(
  run: Run,
  select: Select,
  about: { readonly wanted: ReadonlySet<RecordKey>; readonly passwordColumn: string | null },
): Promise<readonly SourceRecord[]> {
  const parts = [...about.wanted].flatMap((key) => possibleKey(key, select));
  const found = new Map<RecordKey, SourceRecord>();
  for (let at = 0; at < parts.length; at += KEYS_PER_STATEMENT) {
    const { rows } = await run(select.byKeys(parts.slice(at, at + KEYS_PER_STATEMENT)));
    const here = new Set<RecordKey>();
    for (const row of rows) {
      const key = keyOf(row, select);
      // The type may call two texts equal ("1" and "01", other case); a key is compared byte for byte.
      if (!about.wanted.has(key)) continue;
      if (here.has(key)) throw notUnique();
      here.add(key);
      // Keys of two statements may be equal to the server: the same record comes twice then.
      found.set(key, toRecord(row, select, about.passwordColumn));
    }
  }
  return [...found.values()];
}

function possibleKey(key: RecordKey, select: Select): readonly (readonly string[])[] {
  const parts = decodeKey(key, select.key.length);
  return parts === null || select.keyEquals(parts) === null ? [] : [parts];
}
