import { quote } from './identifiers.ts';
import type { KeyColumn } from './key-column.ts';
import { TOO_LARGE, VALUE_LIMIT, type Select } from './select.ts';
import type { ColumnShape } from './shape.ts';
import { largerThan, valueOf } from './text-of.ts';

/** Kinds whose text is plain digits and signs. */
const PLAIN = new Set(['integer', 'decimal', 'float', 'double', 'bits', 'time']);

/**
 * The fingerprint of a record: see canonicalText and fingerprintOf in the contract.
 * NULL where the server cannot build the text, which `max_allowed_packet` bounds.
 */
export function fingerprintSql(select: Select): string {
  const parts = select.read.map((name) => canonicalPart(select.column(name)));
  return `LEFT(SHA2(CONCAT(${parts.length === 0 ? `''` : parts.join(', ')}), 256), 32)`;
}

/** The key as text, as bytes of UTF-8: see encodeKey in the contract and keyPartOf. */
export function keyTextSql(select: Select): string {
  const [only] = select.keys;
  if (select.keys.length === 1 && only !== undefined) return partSql(only);
  // A backslash in front of backslashes and commas.
  const parts = select.keys.map((column) =>
    PLAIN.has(column.shape.kind)
      ? partSql(column)
      : `REPLACE(REPLACE(${partSql(column)}, x'5c', x'5c5c'), x'2c', x'5c2c')`,
  );
  return `CONCAT(${parts.join(`, x'2c', `)})`;
}

/** See bucketOf in the contract. @param key an expression for the key's text. */
export function bucketSql(key: string, buckets: number): string {
  return `MOD(CAST(CONV(LEFT(SHA2(${key}, 256), 8), 16, 10) AS UNSIGNED), ${String(buckets)})`;
}

function canonicalPart(column: ColumnShape): string {
  const value = valueOf(column);
  const large = column.unbounded
    ? `WHEN ${largerThan(column, VALUE_LIMIT)} THEN '${String(TOO_LARGE.length)}:${TOO_LARGE}' `
    : '';
  return `CASE WHEN r.${quote(column.name)} IS NULL THEN '~' ${large}ELSE CONCAT(OCTET_LENGTH(${value}), ':', ${value}) END`;
}

function partSql({ shape, bytes }: KeyColumn): string {
  if (shape.kind === 'fixed') return `CAST(LOWER(HEX(${bytes})) AS BINARY)`;
  if (PLAIN.has(shape.kind)) return bytes;
  return `CASE WHEN ${isText(bytes, shape)} THEN ${bytes} ELSE CONCAT(x'5c78', LOWER(HEX(${bytes}))) END`;
}

/** What decodeText takes for text, and does not start like hexadecimal. The servers take surrogates for UTF-8. */
function isText(bytes: string, { kind }: ColumnShape): string {
  const utf8 = `COALESCE(CAST(CONVERT(${bytes} USING utf8mb4) AS BINARY) = ${bytes}, FALSE)`;
  return [
    `LEFT(${bytes}, 2) <> x'5c78'`,
    `LOCATE(x'00', ${bytes}) = 0`,
    `(LOCATE(x'ed', ${bytes}) = 0 OR HEX(${bytes}) NOT RLIKE '^(..)*ED[AB]')`,
    ...(kind === 'bytes' ? [utf8] : []),
  ].join(' AND ');
}
