/** What a provider's database offers, as far as the login can see it. */
export interface ProviderSchema {
  readonly tables: readonly TableSchema[];
}

export interface TableSchema {
  /** As it is written in a definition, for example `public.users`. */
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** Columns of the primary key in declared order, else of a unique not-null index; empty when there is none. */
  readonly key: readonly string[];
  readonly columns: readonly ColumnSchema[];
  /** The server's own estimate; null when it has none. */
  readonly estimatedRows: number | null;
}

/** What the query of a definition answers. */
export interface QuerySchema {
  /**
   * A guess, for nothing declares a key: a column that none of the records looked
   * at leaves empty or repeats. Empty when there is none.
   */
  readonly key: readonly string[];
  /** A name that two columns have is left out: nothing could say which of them is meant. */
  readonly columns: readonly ColumnSchema[];
}

export interface ColumnSchema {
  readonly name: string;
  /** As the database names it; the same column reads differently per connector. */
  readonly type: string;
  readonly nullable: boolean;
  /** Up to 20 values as text, for guessing what the column holds. Never shown, stored or logged. */
  readonly sample: readonly string[];
}
