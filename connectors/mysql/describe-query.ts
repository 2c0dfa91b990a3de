import type { FieldPacket } from 'mysql2';
import type { Source } from '../contract/definition.ts';
import { namesOnce, QUERY_SAMPLE, querySchema, type QueryColumn } from '../contract/query-schema.ts';
import type { QuerySchema } from '../contract/schema.ts';
import { quote } from './identifiers.ts';
import { decodeText } from './key-part.ts';
import type { Pool } from './pool.ts';
import type { ByteRow } from './query.ts';
import { sourceItem } from './shape.ts';

/** Samples are a help, not a promise. */
const SAMPLE_MS = 10_000;

/** See Connector.describeQuery. */
export async function describeQuery(pool: Pool, source: Source, signal: AbortSignal): Promise<QuerySchema> {
  const from = sourceItem(source);
  const { fields } = await pool.read(signal, (run) => run(`SELECT * FROM ${from} LIMIT 0`));
  const names = namesOnce(fields.map(({ name }) => name));
  const rows = await sample(pool, { from, names }, signal);
  return querySchema(
    fields
      .filter(({ name }) => names.includes(name))
      .map((field, at): QueryColumn => ({
        name: field.name,
        type: typeOf(field),
        values: rows.map((row) => textOf(row[at] ?? null)),
      })),
  );
}

async function sample(
  pool: Pool,
  { from, names }: { readonly from: string; readonly names: readonly string[] },
  signal: AbortSignal,
): Promise<readonly ByteRow[]> {
  const cut = String(QUERY_SAMPLE.characters);
  const list = names.map((name) => `CAST(LEFT(CONVERT(r.${quote(name)} USING utf8mb4), ${cut}) AS BINARY)`);
  const sql = `SELECT ${list.join(', ')} FROM ${from} LIMIT ${String(QUERY_SAMPLE.rows)}`;
  try {
    return (await pool.read(signal, (run) => run(sql), SAMPLE_MS)).rows;
  } catch {
    // Columns without samples are worth listing too; an abort is not swallowed.
    signal.throwIfAborted();
    return [];
  }
}

function textOf(value: Buffer | null): string | null {
  return value === null ? null : decodeText(value);
}

/** Column types of the protocol, by the name that SQL has for them. */
const NAMES: Readonly<Record<number, string>> = {
  ...{ 0: 'decimal', 1: 'tinyint', 2: 'smallint', 3: 'int', 4: 'float', 5: 'double', 7: 'timestamp' },
  ...{ 8: 'bigint', 9: 'mediumint', 10: 'date', 11: 'time', 12: 'datetime', 13: 'year', 15: 'varchar' },
  ...{ 16: 'bit', 245: 'json', 246: 'decimal', 247: 'enum', 248: 'set', 253: 'varchar', 254: 'char' },
};
const [TINY, BIT] = [1, 16];
const BLOBS = new Set([249, 250, 251, 252]);
/** The character set "binary". */
const BINARY = 63;

/** With its length where that is what makes it a truth value. */
function typeOf(field: FieldPacket): string {
  const { columnType = 0, columnLength } = field;
  const binary = (field as { characterSet?: number }).characterSet === BINARY;
  if (BLOBS.has(columnType)) return binary ? 'blob' : 'text';
  const name = NAMES[columnType] ?? 'text';
  if (binary && name.endsWith('char')) return name.replace('char', 'binary');
  return columnLength === 1 && (columnType === TINY || columnType === BIT) ? `${name}(1)` : name;
}
