import type { Buckets } from '../contract/digest.ts';
import type { Fingerprint, RecordKey } from '../contract/record.ts';
import { findBound } from './bound.ts';
import { bucketSql, fingerprintSql, keyTextSql } from './digest-sql.ts';
import type { Run } from './pool.ts';
import { keyParts, refuseRepeatedKeys } from './read-page.ts';
import { readByKeys } from './read-records.ts';
import type { Reader } from './reader.ts';
import type { Select } from './select.ts';
import { keyOf } from './values.ts';

/** A key and 32 digits are about 50 bytes: a quarter of a megabyte a page. */
const PAGE = 5_000;

export type Wanted = Buckets & { readonly wanted: ReadonlySet<number> };
type Pair = readonly [RecordKey, Fingerprint];

interface FingerprintPage {
  readonly found: readonly Pair[];
  readonly next: RecordKey | null;
}

/** See RecordReader.fingerprints. */
export async function* readFingerprints(
  reader: Reader,
  signal: AbortSignal,
  only?: Wanted,
): AsyncIterable<Pair> {
  if (only?.wanted.size === 0) return;
  let after: RecordKey | null = null;
  do {
    const from: RecordKey | null = after;
    const { found, next }: FingerprintPage = await reader.pool.read(signal, async (run) =>
      readFingerprintPage(run, reader, { after: from, only }),
    );
    yield* found;
    after = next;
  } while (after !== null);
}

async function readFingerprintPage(
  run: Run,
  reader: Reader,
  from: { readonly after: RecordKey | null; readonly only: Wanted | undefined },
): Promise<FingerprintPage> {
  const select = await reader.select(run);
  const after = keyParts(from.after, select.key.length);
  // The last key of this page, and whether there is one behind it.
  const last = await findBound(run, select, { after, place: PAGE - 1 });
  const upTo = keyParts(last, select.key.length);
  const list = [select.keyList(), fingerprintSql(select)].join(', ');
  const { rows } = await run(
    from.only === undefined
      ? select.stretch(list, { after, upTo }, PAGE + 1)
      : ofBuckets(select, { after, upTo }, from.only),
  );
  refuseRepeatedKeys(rows, select);
  const found = rows.map((row) => [keyOf(row, select), row.at(-1)?.toString() ?? null] as const);
  return { found: await complete(run, reader, found), next: last };
}

function ofBuckets(
  select: Select,
  stretch: { readonly after: readonly string[] | null; readonly upTo: readonly string[] | null },
  { buckets, wanted }: Wanted,
): string {
  const names = select.keys.map((_, at) => `k${String(at)}`);
  const keys = select.keys.map(({ bytes }, at) => `${bytes} AS k${String(at)}`).join(', ');
  const bucket = bucketSql(keyTextSql(select), buckets);
  const inner = select.stretch(`${keys}, ${fingerprintSql(select)} AS f, ${bucket} AS b`, stretch, PAGE + 1);
  return `SELECT ${names.join(', ')}, f FROM (${inner}) AS p WHERE b IN (${[...wanted].join(', ')})`;
}

/** What the server could not put together is read and computed here. */
async function complete(
  run: Run,
  reader: Reader,
  found: readonly (readonly [RecordKey, string | null])[],
): Promise<readonly Pair[]> {
  const wanted = new Set(found.flatMap(([key, fingerprint]) => (fingerprint === null ? [key] : [])));
  if (wanted.size === 0) return found as readonly Pair[];
  const { passwordColumn } = reader.options;
  const records = await readByKeys(run, await reader.select(run), { wanted, passwordColumn });
  const read = new Map(records.map((record) => [record.key, record.fingerprint]));
  return found.map(([key, fingerprint]) => [key, (fingerprint ?? read.get(key)) as Fingerprint] as const);
}
