import type { AlsoValue } from '../contract/definition.ts';
import { quote, quoteText } from './identifiers.ts';
import type { ColumnShape } from './shape.ts';

export const NUMERIC = new Set(['integer', 'decimal', 'float', 'double', 'bits']);

/** An assignment of a column that is written along with a password. */
export function assignAlso(value: AlsoValue, column: ColumnShape): string {
  return `r.${quote(column.name)} = ${value === 'now' ? nowAs(column) : literalAs(value, column)}`;
}

/**
 * A condition that is true when the column holds what it makes of the value: its
 * precision is not a trigger's doing. Null where there is nothing to compare.
 */
export function keptAlso(value: AlsoValue, column: ColumnShape): string | null {
  if (value === 'now') return null;
  const name = `r.${quote(column.name)}`;
  return value === null ? `${name} IS NULL` : keptAs(name, literalAs(value, column), column);
}

function keptAs(name: string, literal: string, column: ColumnShape): string {
  switch (column.kind) {
    case 'decimal':
      return `${name} <=> CAST(${literal} AS DECIMAL(65, ${String(column.decimals)}))`;
    case 'time':
      return `${name} <=> CAST(${literal} AS DATETIME(${String(digitsOf(column))}))`;
    case 'float':
      return `ABS(${name} - ${literal}) <= ABS(${literal}) * 1e-6`;
    case 'text':
      // CHAR drops spaces at the end, and comparing with PAD SPACE would too.
      return `RTRIM(CONVERT(${name} USING utf8mb4)) = RTRIM(${literal}) COLLATE utf8mb4_bin`;
    case 'fixed':
    case 'bytes':
      return `TRIM(TRAILING x'00' FROM ${name}) = CAST(${literal} AS BINARY)`;
    case 'integer':
    case 'double':
    case 'bits':
    case 'list':
      return `${name} <=> ${literal}`;
  }
}

/** Digits of a second; what is not fixed says 31 or 39. */
export function digitsOf({ kind, decimals }: ColumnShape): number {
  return kind === 'time' && decimals <= 6 ? decimals : 0;
}

/** Flags are numbers in many schemas, and words in others: a boolean becomes what the column can hold. */
function literalAs(value: AlsoValue, column: ColumnShape): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean' && NUMERIC.has(column.kind)) return String(Number(value));
  if (typeof value === 'number') return String(value);
  return quoteText(String(value));
}

/**
 * DATETIME has no time zone: it gets what the application's own NOW() would give,
 * which is the server's zone. Columns of numbers hold times as seconds since 1970.
 */
export function nowAs(column: ColumnShape): string {
  if (NUMERIC.has(column.kind)) return 'UNIX_TIMESTAMP()';
  const now = `NOW(${String(digitsOf(column))})`;
  if (column.timestamp) return now;
  return `CONVERT_TZ(${now}, '+00:00', @@GLOBAL.time_zone)`;
}
