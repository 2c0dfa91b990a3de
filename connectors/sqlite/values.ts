import {
  encodeKey,
  fingerprintOf,
  type RecordKey,
  type RecordProblem,
  type SourceRecord,
  type SourceValue,
} from '../contract/record.ts';
import { Secret } from '../contract/secret.ts';
import type { Value } from './database-process.ts';
import { looksNumeric, type KeyValue } from './key-value.ts';
import type { Row } from './pool.ts';
import { VALUE_LIMIT, type Key, type Select } from './select.ts';
import { decodeText, printBytes, printReal, type Encoding } from './text.ts';

/** Stands in a fingerprint for a value we do not read; long enough that nobody stores the same by accident. */
const TOO_LARGE = 'tributary: larger than is read';
const NOT_TEXT = 'tributary: not text: ';

/** One value of a row of {@link Select.list}, read. */
interface Read {
  readonly kind: string;
  readonly text: SourceValue;
  /** What the fingerprint is made of. */
  readonly canonical: SourceValue;
  readonly problem: 'VALUE_TOO_LARGE' | 'VALUE_NOT_TEXT' | null;
}

/** Turns a row of {@link Select.list} into a record. A value that cannot be used is a problem of that record alone. */
export function toRecord(row: Row, select: Select, passwordColumn: string | null): SourceRecord {
  const { encoding } = select.shape;
  const values: Record<string, SourceValue> = Object.create(null) as Record<string, SourceValue>;
  const problems: RecordProblem[] = keyProblems(row, select);
  const canonical: SourceValue[] = [];
  let passwordHash: Secret | null = null;
  for (const [at, column] of select.read.entries()) {
    const value = readValue(row, select.key.length + at, encoding);
    canonical.push(value.canonical);
    if (value.problem !== null) problems.push(describeProblem(column, value.problem));
    else if (column === passwordColumn) passwordHash = value.text === null ? null : new Secret(value.text);
    else values[column] = value.text;
  }
  return {
    key: keyOf(row, select),
    values: { ...values },
    passwordHash,
    fingerprint: fingerprintOf(canonical),
    problems,
  };
}

/** A key that is no text is printed as its bytes: it need not be read to tell records apart. */
export function keyOf(row: Row, select: Select): RecordKey {
  return encodeKey(select.key.map((_, at) => keyText(readValue(row, at, select.shape.encoding), row, at)));
}

/** The key as the file holds it. */
export function keyValues(row: Row, select: Select): Key {
  return select.key.map((_, at) => nativeValue(row, at, select.shape.encoding));
}

/** The value at a place of a list that {@link described} made, as the file holds it; it is not NULL. */
export function nativeValue(row: Row, place: number, encoding: Encoding): KeyValue {
  const { kind, value } = cell(row, place);
  if (kind === 'real') return { kind, value: Number(value) };
  const bytes = value instanceof Uint8Array ? value : new Uint8Array();
  if (kind === 'integer') return { kind, value: BigInt(decodeText(bytes, encoding) ?? '0') };
  if (kind === 'blob') return { kind, value: bytes };
  return { kind: 'text', value: decodeText(bytes, encoding) ?? bytes };
}

/** Whether another record may have a key that is printed the same: the text `1` and the number, a text and a blob. */
export function isDoubtful(row: Row, select: Select): boolean {
  return select.key.some((name, at) => {
    const { kind, text } = readValue(row, at, select.shape.encoding);
    if (kind === 'blob') return true;
    return kind === 'text' && select.shape.affinity(name) !== 'text' && looksNumeric(text ?? '');
  });
}

/** Reads the value at a place of a list that {@link described} made. */
export function readValue(row: Row, place: number, encoding: Encoding): Read {
  const { kind, value } = cell(row, place);
  if (kind === 'null') return { kind, text: null, canonical: null, problem: null };
  if (typeof value === 'number') return whole(kind, printReal(value));
  if (!(value instanceof Uint8Array))
    return { kind, text: null, canonical: TOO_LARGE, problem: 'VALUE_TOO_LARGE' };
  const text = decodeText(value, kind === 'blob' ? 'utf-8' : encoding);
  if (text !== null) return whole(kind, text);
  return { kind, text: null, canonical: `${NOT_TEXT}${printBytes(value)}`, problem: 'VALUE_NOT_TEXT' };
}

function whole(kind: string, text: string): Read {
  return { kind, text, canonical: text, problem: null };
}

function cell(row: Row, place: number): { readonly kind: string; readonly value: Value } {
  return { kind: String(row[2 * place]), value: row[2 * place + 1] ?? null };
}

function keyText(read: Read, row: Row, place: number): string {
  const { value } = cell(row, place);
  if (read.text !== null) return read.text;
  return value instanceof Uint8Array ? printBytes(value) : '';
}

/** Binary keys are bytes by intent; text that is none is a mistake. */
function keyProblems(row: Row, select: Select): RecordProblem[] {
  return select.key.flatMap((name, at) => {
    const { kind, problem } = readValue(row, at, select.shape.encoding);
    return kind === 'text' && problem !== null ? [describeProblem(name, problem)] : [];
  });
}

function describeProblem(column: string, code: 'VALUE_TOO_LARGE' | 'VALUE_NOT_TEXT'): RecordProblem {
  const message =
    code === 'VALUE_TOO_LARGE'
      ? `${column} is larger than ${String(VALUE_LIMIT / 1024 / 1024)} MiB`
      : `${column} holds bytes that are no text, or a NUL`;
  return { column, code, message };
}
