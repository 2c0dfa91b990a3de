import { quote, quoteBytes } from './identifiers.ts';
import { bytesOfPart } from './key-part.ts';
import type { ColumnShape } from './shape.ts';
import { bytesOf } from './text-of.ts';

/** One column of the key, as it is compared and ordered. */
export interface KeyColumn {
  readonly shape: ColumnShape;
  /** What the server compares and orders by, so that an index serves where there is one. */
  readonly term: string;
  /** The value as bytes of UTF-8. */
  readonly bytes: string;
  /** @returns the part as a literal to compare {@link term} with; null when the column cannot hold it. */
  readonly literal: (part: string) => string | null;
}

const NUMBERS = {
  integer: /^-?\d{1,20}$/,
  decimal: /^-?\d{1,65}(?:\.\d{1,38})?$/,
  bits: /^\d{1,20}$/,
  float: /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i,
  double: /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i,
} as const;
const TIME =
  /^(?:\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?: |$))?(?:-?\d{2,3}:[0-5]\d:[0-5]\d(?:\.\d{1,6})?)?$/;

export function keyColumn(shape: ColumnShape): KeyColumn {
  const name = `r.${quote(shape.name)}`;
  const bytes = bytesOf(shape);
  // Enums are ordered by number and compared as text: their text serves for both.
  return {
    shape,
    bytes,
    term: shape.kind === 'list' ? bytes : name,
    literal: (part) => literalOf(part, shape),
  };
}

function literalOf(part: string, shape: ColumnShape): string | null {
  const { kind } = shape;
  if (kind in NUMBERS) return NUMBERS[kind as keyof typeof NUMBERS].test(part) ? numberOf(part, shape) : null;
  if (kind === 'time') return part !== '' && TIME.test(part) ? `'${part}'` : null;
  const bytes = bytesOfPart(part, shape);
  if (bytes === null) return null;
  return kind === 'text' ? textLiteral(bytes, shape) : quoteBytes(bytes);
}

/** Doubles are compared as doubles, everything else exactly. */
function numberOf(part: string, { kind }: ColumnShape): string {
  return (kind === 'float' || kind === 'double') && !/e/i.test(part) ? `${part}e0` : part;
}

/**
 * In the column's own character set and collation: otherwise the server would
 * convert the column instead, past its index, or refuse to mix the two.
 */
function textLiteral(bytes: Buffer, { charset, collation }: ColumnShape): string {
  const text = `CONVERT(${quoteBytes(bytes)} USING utf8mb4)`;
  const converted = charset === 'utf8mb4' ? text : `CONVERT(${text} USING ${charset})`;
  return `${converted} COLLATE ${collation}`;
}
