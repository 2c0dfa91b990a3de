import type { ColumnSchema, ProviderSchema, TableSchema } from '../contract/schema.ts';
import { printTableName, quote, quoteTable, type TableName } from './identifiers.ts';
import type { Pool, TextRow } from './pool.ts';

/** Samples are a help, not a promise: a table gets two seconds, all together twenty. */
const SAMPLE_MS = 2_000;
const BUDGET_MS = 20_000;
const SAMPLE_ROWS = 200;
const SAMPLE_VALUES = 20;
/** Longer than any hash, shorter than a picture. */
const SAMPLE_CHARACTERS = 512;
const MAX_TABLES = 500;

const TABLES = `
  SELECT c.oid::text, n.nspname::text, c.relname::text, (c.relkind IN ('v', 'm'))::text, c.reltuples::bigint::text,
         (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                   'nullable', NOT a.attnotnull, 'readable', has_column_privilege(a.attrelid, a.attnum, 'SELECT'))
                   ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)::text,
         (SELECT json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum))
            FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
           WHERE i.indexrelid = (
             SELECT u.indexrelid FROM pg_index u
              WHERE u.indrelid = c.oid AND u.indisunique AND u.indisvalid AND u.indpred IS NULL AND u.indexprs IS NULL
                AND NOT EXISTS (SELECT FROM pg_attribute k WHERE k.attrelid = c.oid
                                   AND k.attnum = ANY (u.indkey::int2[]) AND NOT k.attnotnull)
              ORDER BY u.indisprimary DESC, u.indnatts, u.indexrelid LIMIT 1))::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
   ORDER BY n.nspname, c.relname LIMIT ${String(MAX_TABLES)}`;

interface CatalogueColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly readable: boolean;
}

/** See Connector.discover. Columns that the login may not read are listed without samples. */
export async function discoverSchema(pool: Pool, signal: AbortSignal): Promise<ProviderSchema> {
  const { rows } = await pool.read(signal, (run) => run(TABLES, []));
  const late = performance.now() + BUDGET_MS;
  const tables: TableSchema[] = [];
  for (const row of rows) tables.push(await describeTable(pool, row, { signal, late }));
  return { tables };
}

interface Limits {
  readonly signal: AbortSignal;
  readonly late: number;
}

async function describeTable(pool: Pool, row: TextRow, limits: Limits): Promise<TableSchema> {
  const [, schema, table, view, estimate, columnsJson, keyJson] = row;
  const name: TableName = { schema: schema ?? null, table: table ?? '' };
  const columns = JSON.parse(columnsJson ?? '[]') as CatalogueColumn[];
  const readable = columns.filter((column) => column.readable).map((column) => column.name);
  const samples = await sample(pool, { name, readable }, limits);
  const rows = Number(estimate ?? -1);
  return {
    name: printTableName(name),
    kind: view === 'true' ? 'view' : 'table',
    key: JSON.parse(keyJson ?? '[]') as string[],
    columns: columns.map((column): ColumnSchema => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      sample: samples.get(column.name) ?? [],
    })),
    estimatedRows: rows < 0 || view === 'true' ? null : rows,
  };
}

async function sample(
  pool: Pool,
  from: { readonly name: TableName; readonly readable: readonly string[] },
  { signal, late }: Limits,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (performance.now() > late || from.readable.length === 0) return new Map();
  const list = from.readable.map((name) => `left(${quote(name)}::text, ${String(SAMPLE_CHARACTERS)})`);
  const sql = `SELECT ${list.join(', ')} FROM ${quoteTable(from.name)} LIMIT ${String(SAMPLE_ROWS)}`;
  try {
    const { rows } = await pool.read(signal, (run) => run(sql, []), SAMPLE_MS);
    return new Map(from.readable.map((name, at) => [name, distinct(rows.map((row) => row[at] ?? null))]));
  } catch {
    // A view that fails or takes too long is still worth listing; an abort is not swallowed.
    signal.throwIfAborted();
    return new Map();
  }
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  const present = values.filter((value): value is string => value !== null);
  return [...new Set(present)].slice(0, SAMPLE_VALUES);
}
