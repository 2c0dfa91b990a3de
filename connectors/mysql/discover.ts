import type { ColumnSchema, ProviderSchema, TableSchema } from '../contract/schema.ts';
import { decodeText } from './key-part.ts';
import { printTableName, quote, quoteTable, quoteText, type TableName } from './identifiers.ts';
import type { Pool, Run } from './pool.ts';
import { textRows } from './query.ts';
import { uniqueIndexes } from './shape.ts';

/** Samples are a help, not a promise: a table gets two seconds, all together twenty. */
const SAMPLE_MS = 2_000;
const BUDGET_MS = 20_000;
const SAMPLE_ROWS = 200;
const SAMPLE_VALUES = 20;
/** Longer than any hash, shorter than a picture. */
const SAMPLE_CHARACTERS = 512;
const MAX_TABLES = 500;
/** Every server has these, and nobody's people are in them. */
const SYSTEM = `'information_schema', 'performance_schema', 'mysql', 'sys'`;

const TABLES = `
  SELECT TABLE_SCHEMA, TABLE_NAME, IF(TABLE_TYPE LIKE '%VIEW', 'view', 'table'), TABLE_ROWS
    FROM information_schema.TABLES
   WHERE TABLE_SCHEMA NOT IN (${SYSTEM}) ORDER BY TABLE_SCHEMA, TABLE_NAME LIMIT ${String(MAX_TABLES)}`;

interface CatalogueColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly readable: boolean;
}

interface Found {
  readonly name: TableName;
  readonly kind: 'table' | 'view';
  readonly estimate: string | null;
}

/** See Connector.discover. Columns that the login may not read are listed without samples. */
export async function discoverSchema(pool: Pool, signal: AbortSignal): Promise<ProviderSchema> {
  const rows = await pool.read(signal, async (run) => textRows(await run(TABLES)));
  const late = performance.now() + BUDGET_MS;
  const tables: TableSchema[] = [];
  for (const [schema, table, kind, estimate] of rows)
    tables.push(
      await describeTable(
        pool,
        {
          name: { schema: schema ?? null, table: table ?? '' },
          kind: kind === 'view' ? 'view' : 'table',
          estimate: estimate ?? null,
        },
        { signal, late },
      ),
    );
  return { tables };
}

interface Limits {
  readonly signal: AbortSignal;
  readonly late: number;
}

async function describeTable(pool: Pool, found: Found, limits: Limits): Promise<TableSchema> {
  const { name, kind, estimate } = found;
  const { columns, key } = await pool.read(limits.signal, async (run) => ({
    columns: await readColumns(run, name),
    key: kind === 'view' ? [] : await readKey(run, name),
  }));
  const readable = columns.filter((column) => column.readable).map((column) => column.name);
  const samples = await sample(pool, { name, readable }, limits);
  return {
    name: printTableName(name),
    kind,
    key,
    columns: columns.map((column): ColumnSchema => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      sample: samples.get(column.name) ?? [],
    })),
    estimatedRows: kind === 'view' || estimate === null ? null : Number(estimate),
  };
}

async function readColumns(run: Run, name: TableName): Promise<readonly CatalogueColumn[]> {
  const rows = textRows(
    await run(
      `SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, PRIVILEGES FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = ${quoteText(name.schema ?? '')} AND TABLE_NAME = ${quoteText(name.table)}
        ORDER BY ORDINAL_POSITION`,
    ),
  );
  return rows.map(([column, type, nullable, rights]) => ({
    name: column ?? '',
    type: type ?? '',
    nullable: nullable === 'YES',
    readable: /\bselect\b/i.test(rights ?? ''),
  }));
}

/** The primary key, else another unique index, none of whose columns may be NULL. */
async function readKey(run: Run, name: TableName): Promise<readonly string[]> {
  return (await uniqueIndexes(run, printTableName(name)))[0] ?? [];
}

async function sample(
  pool: Pool,
  from: { readonly name: TableName; readonly readable: readonly string[] },
  { signal, late }: Limits,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (performance.now() > late || from.readable.length === 0) return new Map();
  const list = from.readable.map(
    (name) => `CAST(LEFT(CONVERT(${quote(name)} USING utf8mb4), ${String(SAMPLE_CHARACTERS)}) AS BINARY)`,
  );
  const sql = `SELECT ${list.join(', ')} FROM ${quoteTable(from.name)} LIMIT ${String(SAMPLE_ROWS)}`;
  try {
    const { rows } = await pool.read(signal, (run) => run(sql), SAMPLE_MS);
    return new Map(from.readable.map((name, at) => [name, distinct(rows.map((row) => row[at] ?? null))]));
  } catch {
    // A view that fails or takes too long is still worth listing; an abort is not swallowed.
    signal.throwIfAborted();
    return new Map();
  }
}

function distinct(values: readonly (Buffer | null)[]): readonly string[] {
  const texts = values.flatMap((value) => (value === null ? [] : [decodeText(value)]));
  const present = texts.filter((text): text is string => text !== null);
  return [...new Set(present)].slice(0, SAMPLE_VALUES);
}
