import type { ConnectorKind } from '../../../../connectors/contract/definition.ts';

/**
 * Tables of people as an application publishes them: names, types, widths and
 * which may be empty, for each kind of database it runs on; rows that are the
 * same in all of them; and what the template makes of those.
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
  /** Keys that are read. */
  readonly keys: readonly string[];
  /** The format of the first record's hash, which spans columns. */
  readonly hashed?: string;
}

export const BCRYPT = '$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
export const PHPASS = '$P$BZlwR6pVzjmJ4bPvb5kWl0xhM2ZPd60';
