import { createHash } from 'node:crypto';
import {
  encodeKey,
  type Fingerprint,
  type RecordKey,
  type RecordProblem,
  type SourceRecord,
  type SourceValue,
} from '../contract/record.ts';
import { Secret } from '../contract/secret.ts';
import { decodeText, keyPartOf } from './key-part.ts';
import type { ByteRow } from './query.ts';
import { TOO_LARGE, VALUE_LIMIT, type Select } from './select.ts';

const LARGE = Buffer.from(TOO_LARGE);

/** Turns a row of {@link Select.list} into a record. A value we cannot take is a problem of that record alone. */
export function toRecord(row: ByteRow, select: Select, passwordColumn: string | null): SourceRecord {
  const keys = select.key.length;
  const places = row[keys + select.read.length]?.toString() ?? '';
  const oversized = new Set(places.split(',').filter(Boolean).map(Number));
  const values: Record<string, SourceValue> = Object.create(null) as Record<string, SourceValue>;
  const problems: RecordProblem[] = [];
  const canonical: (Buffer | null)[] = [];
  let passwordHash: Secret | null = null;
  for (const [at, column] of select.read.entries()) {
    const bytes = row[keys + at] ?? null;
    canonical.push(oversized.has(at) ? LARGE : bytes);
    const text = bytes === null ? null : decodeText(bytes);
    if (oversized.has(at)) problems.push(tooLarge(column));
    else if (bytes !== null && text === null) problems.push(notText(column));
    else if (column === passwordColumn) passwordHash = text === null ? null : new Secret(text);
    else values[column] = text;
  }
  return {
    key: keyOf(row, select),
    values: { ...values },
    passwordHash,
    fingerprint: fingerprintOfBytes(canonical),
    problems,
  };
}

/** The key at the start of a row. */
export function keyOf(row: ByteRow, select: Select): RecordKey {
  return encodeKey(select.keys.map(({ shape }, at) => keyPartOf(row[at] ?? Buffer.alloc(0), shape)));
}

/** See fingerprintOf in the contract, which is this for text; bytes that are no text have a fingerprint too. */
export function fingerprintOfBytes(values: readonly (Buffer | null)[]): Fingerprint {
  const hash = createHash('sha256');
  for (const value of values) {
    if (value === null) hash.update('~');
    else hash.update(`${String(value.length)}:`).update(value);
  }
  return hash.digest('hex').slice(0, 32) as Fingerprint;
}

function tooLarge(column: string): RecordProblem {
  return {
    column,
    code: 'VALUE_TOO_LARGE',
    message: `${column} is larger than ${String(VALUE_LIMIT / 1024 / 1024)} MiB`,
  };
}

function notText(column: string): RecordProblem {
  return { column, code: 'VALUE_NOT_TEXT', message: `${column} is not UTF-8, or has a zero byte in it` };
}
