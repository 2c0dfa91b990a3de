import { ConnectorError } from '../../contract/errors.ts';
import { encodeKey, type RecordKey } from '../../contract/record.ts';
import { keyPartOf } from '../key-part.ts';
import type { KeyColumn } from '../key-column.ts';
import type { ColumnKind, ColumnShape } from '../shape.ts';

/** A row of the binary log, by name of the column. */
export type LogRow = Readonly<Record<string, unknown>>;

const LOGGED: ReadonlySet<ColumnKind> = new Set<ColumnKind>(['integer', 'decimal', 'text', 'bytes', 'fixed']);

/** Whether the log holds values of the column in a form that has the same text as in the table. */
export function isLogged({ shape }: KeyColumn): boolean {
  return LOGGED.has(shape.kind);
}

/**
 * The key of a row in the log; null when a part is NULL, which makes it no record.
 *
 * @throws ConnectorError `SOURCE_SCHEMA_CHANGED` when a key column is not in the log.
 */
export function keyOfRow(row: LogRow, keys: readonly KeyColumn[]): RecordKey | null {
  const parts = keys.map(({ shape }) => partOf(valueOf(row, shape.name), shape));
  return parts.includes(null) ? null : encodeKey(parts as string[]);
}

/** Names of columns are the same in any case. */
function valueOf(row: LogRow, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  const found = Object.keys(row).find((other) => other.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return row[found];
  throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `the binary log has no column ${name}`);
}

function partOf(value: unknown, shape: ColumnShape): string | null {
  if (value === null) return null;
  const { kind, width } = shape;
  if (kind === 'fixed' && Buffer.isBuffer(value)) {
    // The log leaves out the zero bytes at the end.
    return keyPartOf(Buffer.concat([value, Buffer.alloc(Math.max(0, width - value.length))]), shape);
  }
  if (kind === 'bytes' && Buffer.isBuffer(value)) return keyPartOf(value, shape);
  if (typeof value === 'string') return keyPartOf(Buffer.from(value), shape);
  if (kind === 'integer' && typeof value === 'number') return String(value).padStart(width, '0');
  throw new ConnectorError(
    'CHANGES_UNAVAILABLE',
    `the binary log holds ${shape.name} in a form that is no key`,
  );
}
