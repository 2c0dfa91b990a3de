import { quoteText } from './identifiers.ts';

/** Which of the two servers answers, and what they do differently. */
export interface Flavour {
  readonly name: 'mysql' | 'mariadb';
  readonly version: readonly [number, number, number];
  /** The assignment that has the server end a statement after this many milliseconds. */
  readonly statementLimit: (ms: number) => string;
  /**
   * An expression for the position of the binary log up to which everything is seen by others.
   *
   * @param committed where that is in the files of the log; MariaDB has to be told.
   */
  readonly position: (committed: { readonly file: string; readonly offset: number }) => string;
}

/** @param version what `VERSION()` says: `10.11.6-MariaDB-log`, `8.0.36`. */
export function flavourOf(version: string): Flavour {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version);
  const parts = [Number(numbers?.[1] ?? 0), Number(numbers?.[2] ?? 0), Number(numbers?.[3] ?? 0)] as const;
  return /mariadb/i.test(version) ? mariadb(parts) : mysql(parts);
}

function mariadb(version: Flavour['version']): Flavour {
  return {
    name: 'mariadb',
    version,
    // Seconds, with a fraction; for statements of every kind.
    statementLimit: (ms) => `max_statement_time = ${String(ms / 1000)}`,
    // Not gtid_binlog_pos, which counts what is written and not yet committed.
    position: ({ file, offset }) => `BINLOG_GTID_POS(${quoteText(file)}, ${String(offset)})`,
  };
}

function mysql(version: Flavour['version']): Flavour {
  return {
    name: 'mysql',
    version,
    // Milliseconds, and only for SELECT; writes are bounded by the lock's limit and by ours.
    statementLimit: (ms) => `max_execution_time = ${String(ms)}`,
    position: () => `REPLACE(@@GLOBAL.gtid_executed, '\\n', '')`,
  };
}
