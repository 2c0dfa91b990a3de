import type { ConnectorOptions } from './connector.ts';
import type { AlsoValue } from './definition.ts';
import type { SourceRecord } from './record.ts';
import { Secret } from './secret.ts';

/** What a provider must have for passwords to be written. */
export interface Writable {
  readonly table: string;
  /** The column of hashes. */
  readonly column: string;
  /** Compared in its place, where hashes are not read. */
  readonly compare: ComparedColumn | null;
  readonly also: Readonly<Record<string, AlsoValue>>;
}

export interface ComparedColumn {
  readonly name: string;
  /** It is to be a time: the definition writes `now` to it. Otherwise its type says what it is. */
  readonly asTime: boolean;
}

type Options = Pick<ConnectorOptions, 'passwordColumn' | 'writeBack' | 'source'>;

/** Null when nothing can be written: there is no column, or it is behind a query. */
export function writableOf({ passwordColumn, writeBack, source }: Options): Writable | null {
  if (writeBack === null || source.table === undefined) return null;
  const { unread } = writeBack;
  const column = unread?.column ?? passwordColumn;
  if (column === null) return null;
  const also = Object.entries(writeBack.also).filter(([name]) => name !== unread?.compare);
  const compare =
    unread === undefined ? null : { name: unread.compare, asTime: writeBack.also[unread.compare] === 'now' };
  return { table: source.table, column, compare, also: Object.fromEntries(also) };
}

/** The columns that a write sets, the password's first; none when nothing is written. */
export function writtenColumns({ passwordColumn, writeBack }: Options): readonly string[] {
  const column = writeBack?.unread?.column ?? passwordColumn;
  if (column === null || writeBack === null) return [];
  const { unread, also } = writeBack;
  return [...new Set([column, ...(unread === undefined ? [] : [unread.compare]), ...Object.keys(also)])];
}

/** What a change's `expected` is compared with; undefined: it could not be read, and equals nothing. */
export function comparedOf(record: SourceRecord, { column, compare }: Writable): Secret | null | undefined {
  if (record.problems.some((problem) => problem.column === (compare?.name ?? column))) return undefined;
  if (compare === null) return record.passwordHash;
  const value = record.values[compare.name] ?? null;
  return value === null ? null : new Secret(value);
}

/** Exact to the byte. */
export function sameSecret(a: Secret | null | undefined, b: Secret | null | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === null || b === null ? a === b : a.reveal() === b.reveal();
}
