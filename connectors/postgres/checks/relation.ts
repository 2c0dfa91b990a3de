import { parseTableName, printTableName, type TableName } from '../identifiers.ts';
import type { Run } from '../pool.ts';

/** A table or view as the catalogue has it. */
export interface Relation {
  readonly oid: string;
  readonly name: TableName;
  readonly view: boolean;
  readonly usable: boolean;
  readonly rowSecurity: boolean;
  readonly columns: ReadonlyMap<string, Column>;
}

export interface Column {
  readonly type: string;
  readonly nullable: boolean;
  readonly readable: boolean;
  readonly updatable: boolean;
  readonly generated: boolean;
}

const FIND = `
  SELECT c.oid::text, n.nspname::text, (c.relkind IN ('v', 'm'))::text,
         has_schema_privilege(n.oid, 'USAGE')::text,
         CASE WHEN c.relkind IN ('r', 'p') THEN row_security_active(c.oid) ELSE false END::text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND CASE WHEN $1::text IS NULL THEN n.nspname = ANY (current_schemas(true)) ELSE n.nspname = $1 END
   ORDER BY array_position(current_schemas(true), n.nspname) LIMIT 1`;

const COLUMNS = `
  SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), (NOT a.attnotnull)::text,
         has_column_privilege(a.attrelid, a.attnum, 'SELECT')::text,
         has_column_privilege(a.attrelid, a.attnum, 'UPDATE')::text,
         (to_jsonb(a) ->> 'attgenerated' IN ('s', 'v') OR a.attidentity = 'a')::text
    FROM pg_attribute a WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

/** Every login may read the catalogue, so that a missing table and a missing right can be told apart. */
export async function findRelation(run: Run, table: string): Promise<Relation | null> {
  const name = parseTableName(table);
  const [found] = (await run(FIND, [name.schema, name.table])).rows;
  if (found === undefined) return null;
  const [oid, schema, view, usable, rowSecurity] = found;
  const { rows } = await run(COLUMNS, [oid ?? '']);
  return {
    oid: oid ?? '',
    name: { schema: schema ?? null, table: name.table },
    view: view === 'true',
    usable: usable === 'true',
    rowSecurity: rowSecurity === 'true',
    columns: new Map(
      rows.map(([column, type, nullable, readable, updatable, generated]) => [
        column ?? '',
        {
          type: type ?? '',
          nullable: nullable === 'true',
          readable: readable === 'true',
          updatable: updatable === 'true',
          generated: generated === 'true',
        },
      ]),
    ),
  };
}

/** Tables of that name in other schemas or other case, as they are written in a definition. */
export async function findSimilar(run: Run, table: string): Promise<readonly string[]> {
  const { rows } = await run(
    `SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE lower(c.relname) = lower($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1, 2 LIMIT 5`,
    [parseTableName(table).table],
  );
  return rows.map(([schema, name]) => printTableName({ schema: schema ?? null, table: name ?? '' }));
}
