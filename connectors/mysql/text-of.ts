import { quote } from './identifiers.ts';
import type { ColumnShape } from './shape.ts';

/** Character sets whose text has the same bytes in UTF-8. */
const UTF8 = new Set(['utf8mb4', 'utf8mb3', 'utf8', 'ascii', 'binary', '']);
/** How many bytes of another character set a byte of UTF-8 can stand for at most. */
const WIDEST = 4;

/** An expression for a column's value as the bytes of its text in UTF-8; NULL stays NULL. */
export function bytesOf(column: ColumnShape): string {
  const name = `r.${quote(column.name)}`;
  switch (column.kind) {
    case 'bytes':
    case 'fixed':
      return name;
    case 'bits':
      return asBytes(`${name} + 0`);
    case 'float':
      // As text a float has six digits; as a double all of them.
      return asBytes(`${name} + 0e0`);
    case 'integer':
    case 'decimal':
    case 'double':
    case 'time':
    case 'text':
    case 'list':
      return asBytes(name);
  }
}

/** The same for a value that is read: bytes without what the server fills a fixed column up with. */
export function valueOf(column: ColumnShape): string {
  return column.kind === 'fixed' ? `TRIM(TRAILING x'00' FROM ${bytesOf(column)})` : bytesOf(column);
}

/** A condition that is true for values larger than `limit` bytes; those far larger are not even converted. */
export function largerThan(column: ColumnShape, limit: number): string {
  const stored = `OCTET_LENGTH(r.${quote(column.name)})`;
  if (UTF8.has(column.charset)) return `${stored} > ${String(limit)}`;
  return `(${stored} > ${String(WIDEST * limit)} OR OCTET_LENGTH(${valueOf(column)}) > ${String(limit)})`;
}

function asBytes(expression: string): string {
  return `CAST(CONVERT(${expression} USING utf8mb4) AS BINARY)`;
}
