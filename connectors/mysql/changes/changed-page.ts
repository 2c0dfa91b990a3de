import type { SourceRecord } from '../../contract/record.ts';
import type { KeyColumn } from '../key-column.ts';
import { keyPartOf } from '../key-part.ts';
import type { Run } from '../pool.ts';
import type { Reader } from '../reader.ts';
import { toRecord } from '../values.ts';
import type { Overlap, Pass, Seen } from './position.ts';

/** Records of a page; some kilobytes each at most, usually. */
const PAGE = 500;

export interface ChangedPage {
  readonly records: readonly SourceRecord[];
  /** Where the pass goes on: cursor and key of the last record; null when it is over. */
  readonly after: readonly string[] | null;
}

export interface Asked {
  readonly cursor: KeyColumn;
  readonly seen: Seen;
  readonly pass: Pass;
  readonly overlap: Overlap;
}

/** The next records whose cursor has not been seen for sure, each once, as they are now. */
export async function readChangedPage(reader: Reader, run: Run, asked: Asked): Promise<ChangedPage> {
  const { cursor, pass, seen } = asked;
  // Without a greatest cursor no record had one when the pass began.
  if (pass.upTo === null) return { records: [], after: null };
  const select = await reader.select(run);
  const conditions = [
    select.scope(),
    `${cursor.term} <= ${literal(cursor, pass.upTo)}`,
    ...(seen.from === null ? [] : [`${cursor.term} >= ${lowest(asked, seen.from)}`]),
    ...(pass.after === null ? [] : [laterThan(cursor, pass.after, (key) => select.laterThan(key))]),
  ];
  const { rows } = await run(
    `SELECT ${select.list()}, ${cursor.bytes} FROM ${select.from} WHERE ${conditions.join(' AND ')}
      ORDER BY ${cursor.term}, ${select.order()} LIMIT ${String(PAGE + 1)}`,
  );
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  const after =
    rows.length <= PAGE || last === undefined
      ? null
      : [
          last.at(-1)?.toString() ?? '',
          ...select.keys.map(({ shape }, at) => keyPartOf(last[at] ?? Buffer.alloc(0), shape)),
        ];
  return { records: page.map((row) => toRecord(row, select, reader.options.passwordColumn)), after };
}

/** Overlap is taken off a time; a number that has stood long enough is taken as it is. */
function lowest({ cursor, overlap }: Asked, from: string): string {
  const bound = literal(cursor, from);
  return overlap.dated ? `CAST(${bound} AS DATETIME(6)) - INTERVAL ${String(overlap.seconds)} SECOND` : bound;
}

/** Cursor and key in one comparison: records with the same cursor may lie on both sides of a page's end. */
function laterThan(
  { term, literal: write }: KeyColumn,
  after: readonly string[],
  laterKey: (key: readonly string[]) => string,
): string {
  const [cursor = '', ...key] = after;
  const value = write(cursor) ?? 'NULL';
  return `(${term} > ${value} OR (${term} = ${value} AND ${laterKey(key)}))`;
}

function literal(cursor: KeyColumn, text: string): string {
  return cursor.literal(text) ?? 'NULL';
}
