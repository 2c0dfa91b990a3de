import {
  encodeKey,
  fingerprintOf,
  type RecordProblem,
  type SourceRecord,
  type SourceValue,
} from '../contract/record.ts';
import { Secret } from '../contract/secret.ts';
import type { TextRow } from './pool.ts';
import { TOO_LARGE, VALUE_LIMIT, type Select } from './select.ts';

/** Turns a row of {@link Select.list} into a record. A value that is too large is a problem of that record alone. */
export function toRecord(row: TextRow, select: Select, passwordColumn: string | null): SourceRecord {
  const keys = select.key.length;
  const key = encodeKey(row.slice(0, keys).map((part) => part ?? ''));
  const oversized = new Set((row[keys + select.read.length] ?? '').split(',').filter(Boolean).map(Number));
  const values: Record<string, SourceValue> = Object.create(null) as Record<string, SourceValue>;
  const problems: RecordProblem[] = [];
  const canonical: SourceValue[] = [];
  let passwordHash: Secret | null = null;
  for (const [at, column] of select.read.entries()) {
    const value = row[keys + at] ?? null;
    canonical.push(oversized.has(at) ? TOO_LARGE : value);
    if (oversized.has(at)) problems.push(tooLarge(column));
    else if (column === passwordColumn) passwordHash = value === null ? null : new Secret(value);
    else values[column] = value;
  }
  return { key, values: { ...values }, passwordHash, fingerprint: fingerprintOf(canonical), problems };
}

function tooLarge(column: string): RecordProblem {
  return {
    column,
    code: 'VALUE_TOO_LARGE',
    message: `${column} is larger than ${String(VALUE_LIMIT / 1024 / 1024)} MiB`,
  };
}
