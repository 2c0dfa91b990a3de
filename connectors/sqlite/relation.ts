import { parseTableName } from './identifiers.ts';
import type { Session } from './pool.ts';
import { decodeText } from './text.ts';
import type { Value } from './database-process.ts';

/** A table or view as the file declares it. */
export interface Relation {
  readonly name: string;
  readonly view: boolean;
  readonly columns: ReadonlyMap<string, Column>;
  /** The columns of the primary key, in its order. */
  readonly primaryKey: readonly string[];
}

export interface Column {
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
}

/** Ordinary columns are 0, those of virtual tables that are not shown 1, the others computed. */
const HIDDEN = '1';

/** @returns null when there is no table or view of exactly that name. */
export async function findRelation(session: Session, table: string): Promise<Relation | null> {
  const name = parseTableName(table);
  const { rows } = await session.run(
    `SELECT type FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE BINARY`,
    [name],
  );
  if (rows[0] === undefined) return null;
  const view = rows[0][0] === 'view';
  // As bytes: a name that is no text would end the process.
  const { rows: described } = await session.run(
    `SELECT CAST(name AS BLOB), CAST(type AS BLOB), CAST("notnull" AS TEXT), CAST(pk AS TEXT), CAST(hidden AS TEXT)
       FROM pragma_table_xinfo(?) ORDER BY cid`,
    [name],
  );
  const columns = new Map<string, Column>();
  const keyed: { readonly name: string; readonly place: number }[] = [];
  for (const row of described) {
    const [column, type, notNull, place, hidden] = row.map((value) => textOf(value, session));
    if (column === null || column === undefined || hidden === HIDDEN) continue;
    columns.set(column, {
      type: type ?? '',
      nullable: notNull !== '1' && !(place === '1' && /^integer$/i.test(type ?? '')),
      generated: hidden !== '0',
    });
    if (place !== '0') keyed.push({ name: column, place: Number(place) });
  }
  const primaryKey = keyed.toSorted((a, b) => a.place - b.place).map((column) => column.name);
  return { name, view, columns, primaryKey };
}

/** What the schema says, as text; null for bytes that are none. */
export function textOf(value: Value, { encoding }: Session): string | null {
  if (value instanceof Uint8Array) return decodeText(value, encoding);
  return value === null ? null : String(value);
}

/** Tables of that name in other case, as they are written in a definition. */
export async function findSimilar(session: Session, table: string): Promise<readonly string[]> {
  const { rows } = await session.run(
    `SELECT CAST(name AS BLOB) FROM sqlite_schema
      WHERE type IN ('table', 'view') AND lower(name) = lower(?) ORDER BY 1 LIMIT 5`,
    [parseTableName(table)],
  );
  return rows.flatMap(([name]) => textOf(name ?? null, session) ?? []);
}
