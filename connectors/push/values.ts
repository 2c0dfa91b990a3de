import type { InboxRecord } from '../contract/inbox.ts';
import { fingerprintOf, type SourceRecord, type SourceValue } from '../contract/record.ts';
import { Secret } from '../contract/secret.ts';
import type { Reader } from './reader.ts';

/** Every column that was pushed; one that is absent was not. */
export function columnsOf({ columns }: InboxRecord): ReadonlyMap<string, SourceValue> {
  return new Map(Object.entries(JSON.parse(columns.reveal()) as Record<string, SourceValue>));
}

/** A column that the sender left out counts as null: the record as it was pushed last is all there is. */
export function toRecord(
  pushed: InboxRecord,
  { columns, passwordColumn }: Omit<Reader, 'inbox'>,
): SourceRecord {
  const found = columnsOf(pushed);
  const valueOf = (column: string): SourceValue => found.get(column) ?? null;
  const hash = passwordColumn === null ? null : valueOf(passwordColumn);
  const read = columns.filter((column) => column !== passwordColumn);
  const canonical = read.map(valueOf);
  return {
    key: pushed.key,
    values: Object.fromEntries(read.map((column) => [column, valueOf(column)])),
    passwordHash: hash === null ? null : new Secret(hash),
    fingerprint: fingerprintOf(passwordColumn === null ? canonical : [...canonical, hash]),
    problems: [],
  };
}
