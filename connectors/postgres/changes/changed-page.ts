import type { SourceRecord } from '../../contract/record.ts';
import { quote } from '../identifiers.ts';
import type { Run, TextRow } from '../pool.ts';
import { refuseRepeatedKeys } from '../read-page.ts';
import type { Reader } from '../reader.ts';
import { Parameters } from '../parameters.ts';
import type { Select } from '../select.ts';
import type { ColumnShape } from '../shape.ts';
import { toRecord } from '../values.ts';
import type { Pass, Seen } from './position.ts';
import { isDated, type Ground } from './standing.ts';

/** Records of a page; some kilobytes each at most, usually. */
const PAGE = 500;
/** How many records of a large table one statement looks at: well under a second, whatever the table's size. */
const STRETCH = 100_000;

export interface ChangedPage {
  readonly records: readonly SourceRecord[];
  /** Where the pass goes on; null when it is over. */
  readonly after: readonly string[] | null;
}

export interface Asked {
  readonly ground: Ground;
  readonly seen: Seen;
  readonly pass: Pass;
  readonly overlapMinutes: number;
}

/** The next records that changed after what was seen, each once, as they are now. */
export async function readChangedPage(reader: Reader, run: Run, asked: Asked): Promise<ChangedPage> {
  const select = await reader.select(run);
  if (asked.pass.way === 'cursor') return await byCursor(reader, run, { ...asked, select });
  return await byKey(reader, run, { ...asked, select });
}

type Asking = Asked & { readonly select: Select };

async function byKey(reader: Reader, run: Run, asking: Asking): Promise<ChangedPage> {
  const { select, pass, seen } = asking;
  const end = pass.way === 'stretches' ? await endOfStretch(run, asking) : null;
  const params = new Parameters();
  const conditions = [
    select.scope(),
    ...(pass.after === null ? [] : [select.keyCompares('>', params.addAll(pass.after))]),
    ...(end === null ? [] : [select.keyCompares('<=', params.addAll(end))]),
    writtenSince(seen, params),
  ];
  const { rows } = await run(
    `SELECT ${select.list()} FROM ${select.from} WHERE ${conditions.join(' AND ')}
      ORDER BY ${select.keyNames()} LIMIT ${String(PAGE + 1)}`,
    params.values,
  );
  refuseRepeatedKeys(rows, select.key.length);
  const { page, last } = cut(rows, select.key.length);
  return { records: toRecords(page, asking, reader), after: last ?? end };
}

/** The key that ends the next stretch; null when no more records than that are left. */
async function endOfStretch(run: Run, { select, pass }: Asking): Promise<readonly string[] | null> {
  const { sql, params } = select.endOfStretch(pass.after, STRETCH);
  const [end, beyond] = (await run(sql, params)).rows;
  return beyond === undefined ? null : (end?.map((part) => part ?? '') ?? null);
}

async function byCursor(reader: Reader, run: Run, asking: Asking): Promise<ChangedPage> {
  const { select, pass, seen, ground } = asking;
  // Without a greatest cursor no record had one when the pass began.
  if (ground.cursor === null || pass.upTo === null) return { records: [], after: null };
  const { name, type } = ground.cursor;
  const column = `r.${quote(name)}`;
  const params = new Parameters();
  const conditions = [
    select.scope(),
    `${column} <= ${params.add(pass.upTo)}::${type}`,
    ...(seen.from === null ? [] : [`${column} >= ${lowest(asking, ground.cursor, params.add(seen.from))}`]),
    ...(pass.after === null ? [] : [laterThan(asking, column, { type, at: params.addAll(pass.after) })]),
    ...(ground.stamped ? [writtenSince(seen, params)] : []),
  ];
  const { rows } = await run(
    `SELECT ${select.list()}, ${column}::text FROM ${select.from} WHERE ${conditions.join(' AND ')}
      ORDER BY ${column}, ${select.keyNames()} LIMIT ${String(PAGE + 1)}`,
    params.values,
  );
  const { page, last } = cut(rows, select.key.length);
  const cursor = page.at(-1)?.at(-1) ?? '';
  return { records: toRecords(page, asking, reader), after: last === null ? null : [cursor, ...last] };
}

/** Overlap is taken off a time; a number that has stood long enough is taken as it is. */
function lowest({ overlapMinutes }: Asking, cursor: ColumnShape, from: string): string {
  const bound = `${from}::${cursor.type}`;
  return isDated(cursor)
    ? `(${bound} - interval '${String(overlapMinutes)} minutes')::${cursor.type}`
    : bound;
}

/** Cursor and key in one comparison: records with the same cursor may lie on both sides of a page's end. */
function laterThan(
  { select }: Asking,
  column: string,
  after: { readonly type: string; readonly at: readonly string[] },
): string {
  const [cursor = '', ...key] = after.at;
  return `(${column}, ${select.keyNames()}) > (${cursor}::${after.type}, ${select.keyValues(key)})`;
}

/**
 * Rows keep the lower 32 bits of their transaction's number. The distance from
 * what was seen, in a circle of 32 bits, is compared with how many transactions
 * have begun since: right across the wrap, for frozen rows too.
 */
function writtenSince(seen: Seen, params: Parameters): string {
  const oldest = `${params.add(seen.oldest)}::bigint`;
  return `((r.xmin::text::bigint - ${oldest}) & 4294967295)
      < (SELECT txid_snapshot_xmax(txid_current_snapshot()) - ${oldest})`;
}

function cut(
  rows: readonly TextRow[],
  keyLength: number,
): { readonly page: readonly TextRow[]; readonly last: readonly string[] | null } {
  const page = rows.slice(0, PAGE);
  const last = page.at(-1)?.slice(0, keyLength);
  return { page, last: rows.length > PAGE && last !== undefined ? last.map((part) => part ?? '') : null };
}

function toRecords(
  rows: readonly TextRow[],
  { select }: Asking,
  { options }: Reader,
): readonly SourceRecord[] {
  return rows.map((row) => toRecord(row, select, options.passwordColumn));
}
