import type { ConnectorKind } from '../../../../connectors/contract/definition.ts';
import { findTemplate } from '../../../../connectors/templates/index.ts';

/**
 * Tables of people like those that an application publishes: names, types, widths,
 * defaults, which may be empty and what is unique, for each kind of database it runs on, as far as the
 * template reads them or a write could break them; rows that are the same in all of
 * them; and what the template makes of those. Which files they were compared with
 * is in connectors/templates.
 */
export interface Published {
  readonly template: string;
  readonly tables: Readonly<Partial<Record<ConnectorKind, readonly string[]>>>;
  /** Statements that name their columns. */
  readonly rows: readonly string[];
  /** Of the first record. */
  readonly username: string;
  readonly email: string | null;
  readonly name?: string;
  /** Keys of those who may not sign in. */
  readonly disabled?: readonly string[];
  /** Keys of those who have to choose a new password. */
  readonly forced?: readonly string[];
  /** Keys of those whose password is not to be used, where others have one. */
  readonly withoutHash?: readonly string[];
  /** Keys that are read. */
  readonly keys: readonly string[];
  /** The format of the first record's hash, which spans columns. */
  readonly hashed?: string;
  /** What a query finds once a password has been written to the first record. */
  readonly afterwards?: { readonly query: string; readonly rows: readonly Record<string, unknown>[] };
}

export const BCRYPT = '$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
export const PHPASS = '$P$BZlwR6pVzjmJ4bPvb5kWl0xhM2ZPd60';

/** What stands behind these words in a note of a template. */
export function noteOf(template: string, beginning: string): string {
  const note = findTemplate(template)?.notes.find((each) => each.startsWith(beginning));
  if (note === undefined) throw new Error(`${template} has no such note: ${beginning}`);
  return note.slice(beginning.length);
}
