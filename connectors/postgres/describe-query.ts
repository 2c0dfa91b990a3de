import type { FieldDef } from 'pg';
import type { Source } from '../contract/definition.ts';
import { namesOnce, QUERY_SAMPLE, querySchema, type QueryColumn } from '../contract/query-schema.ts';
import type { QuerySchema } from '../contract/schema.ts';
import { quote } from './identifiers.ts';
import type { Pool, TextRow } from './pool.ts';
import { readTypes, sourceItem } from './shape.ts';

/** Samples are a help, not a promise. */
const SAMPLE_MS = 10_000;

/** See Connector.describeQuery. */
export async function describeQuery(pool: Pool, source: Source, signal: AbortSignal): Promise<QuerySchema> {
  const from = sourceItem(source);
  const columns = await pool.read(signal, async (run) => {
    const { fields } = await run(`SELECT * FROM ${from} LIMIT 0`, []);
    const types = await readTypes(run, fields);
    return fields.map(({ name }: FieldDef, at) => ({ name, type: types[at]?.fullType ?? 'text' }));
  });
  const names = namesOnce(columns.map(({ name }) => name));
  const rows = await sample(pool, { from, names }, signal);
  return querySchema(
    columns
      .filter(({ name }) => names.includes(name))
      .map((column, at): QueryColumn => ({ ...column, values: rows.map((row) => row[at] ?? null) })),
  );
}

async function sample(
  pool: Pool,
  { from, names }: { readonly from: string; readonly names: readonly string[] },
  signal: AbortSignal,
): Promise<readonly TextRow[]> {
  const list = names.map((name) => `left(r.${quote(name)}::text, ${String(QUERY_SAMPLE.characters)})`);
  const sql = `SELECT ${list.join(', ')} FROM ${from} LIMIT ${String(QUERY_SAMPLE.rows)}`;
  try {
    return (await pool.read(signal, (run) => run(sql, []), SAMPLE_MS)).rows;
  } catch {
    // Columns without samples are worth listing too; an abort is not swallowed.
    signal.throwIfAborted();
    return [];
  }
}
