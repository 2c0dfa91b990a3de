import {
  decodeKey,
  encodeKey,
  type RecordKey,
  type SourceValue,
} from '../../../connectors/contract/record.ts';
import type { PushedColumns, PushedKey, PushFault, TextColumns } from './message.ts';

export type ReadColumns =
  | { readonly ok: true; readonly key: RecordKey; readonly columns: TextColumns }
  | { readonly ok: false; readonly faults: readonly PushFault[] };

/** Turns a record as it came into text, and finds its key. Every fault of the record at once. */
export function readColumns(pushed: PushedColumns, keyColumns: readonly string[]): ReadColumns {
  const columns = new Map<string, SourceValue>();
  const faults: PushFault[] = [];
  for (const [column, value] of Object.entries(pushed)) {
    const text = textOf(value);
    if (isFault(text)) faults.push({ column, ...text });
    else columns.set(column, text);
  }
  const missing = keyColumns.filter((column) => (columns.get(column) ?? '') === '' && !isAt(faults, column));
  faults.push(...missing.map(keyMissing));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, key: encodeKey(keyColumns.map((column) => columns.get(column) ?? '')), columns };
}

export type ReadKey =
  | { readonly ok: true; readonly key: RecordKey }
  | { readonly ok: false; readonly faults: readonly PushFault[] };

/** The key that a hint or a deletion names. */
export function readKey(pushed: PushedKey, keyColumns: readonly string[]): ReadKey {
  if (typeof pushed === 'object') {
    const read = readColumns(pushed, keyColumns);
    return read.ok ? { ok: true, key: read.key } : read;
  }
  const text = textOf(pushed);
  if (isFault(text)) return { ok: false, faults: [{ column: '', ...text }] };
  if (text === null || text === '' || decodeKey(text, keyColumns.length) === null)
    return { ok: false, faults: [keyMissing(keyColumns.join(', '))] };
  return { ok: true, key: text as RecordKey };
}

type Fault = Omit<PushFault, 'column'>;

function textOf(value: string | number | boolean | null): SourceValue | Fault {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : INEXACT;
  if (typeof value === 'boolean') return String(value);
  if (value === null) return null;
  return value.includes('\0') || !value.isWellFormed() ? NOT_TEXT : value;
}

function isFault(value: SourceValue | Fault): value is Fault {
  return typeof value === 'object' && value !== null;
}

function isAt(faults: readonly PushFault[], column: string): boolean {
  return faults.some((fault) => fault.column === column);
}

/** Half of all programs have rounded such a number before it got here. */
const INEXACT: Fault = {
  code: 'NUMBER_INEXACT',
  message: 'is a number that JSON does not carry exactly',
  remedy: 'Send it as a text, in quotes.',
};

const NOT_TEXT: Fault = {
  code: 'VALUE_NOT_TEXT',
  message: 'holds a NUL or half a character',
  remedy: 'Send well-formed Unicode without U+0000.',
};

function keyMissing(column: string): PushFault {
  return {
    column,
    code: 'KEY_MISSING',
    message: 'the record is not named',
    remedy: `Every record needs ${column}.`,
  };
}
