import { parseTableName, printTableName, quoteText, type TableName } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';

/** A table or view as the catalogue shows it to this login. */
export interface Relation {
  readonly name: TableName;
  readonly view: boolean;
  /** The storage engine; null for a view. */
  readonly engine: string | null;
  readonly columns: ReadonlyMap<string, Column>;
  /** By name in any case, as the server finds it. */
  readonly column: (name: string) => Column | undefined;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly dataType: string;
  readonly nullable: boolean;
  readonly readable: boolean;
  readonly updatable: boolean;
  readonly generated: boolean;
  /** The most characters it holds; null when it holds none. */
  readonly capacity: number | null;
  readonly collation: string | null;
}

/** Null when it is not there or the login has no right to it: the server does not tell the two apart. */
export async function findRelation(run: Run, table: string): Promise<Relation | null> {
  const { schema, table: name } = parseTableName(table);
  const where = `TABLE_SCHEMA = ${schema === null ? 'DATABASE()' : quoteText(schema)} AND TABLE_NAME = ${quoteText(name)}`;
  const found = await run(
    `SELECT TABLE_SCHEMA, TABLE_NAME, IF(TABLE_TYPE LIKE '%VIEW', 'yes', 'no'), ENGINE FROM information_schema.TABLES WHERE ${where}`,
  );
  const [row] = textRows(found);
  if (row === undefined) return null;
  const columns = await readColumns(run, where);
  const any = new Map([...columns.values()].map((column) => [column.name.toLowerCase(), column]));
  return {
    name: { schema: row[0] ?? null, table: row[1] ?? name },
    view: row[2] === 'yes',
    engine: row[3] ?? null,
    columns,
    column: (column) => any.get(column.toLowerCase()),
  };
}

async function readColumns(run: Run, where: string): Promise<ReadonlyMap<string, Column>> {
  const rows = textRows(
    await run(
      `SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, IS_NULLABLE, PRIVILEGES, EXTRA, CHARACTER_MAXIMUM_LENGTH, COLLATION_NAME
         FROM information_schema.COLUMNS WHERE ${where} ORDER BY ORDINAL_POSITION`,
    ),
  );
  const columns = rows.map(
    ([name, type, dataType, nullable, rights, extra, capacity, collation]): Column => ({
      name: name ?? '',
      type: type ?? '',
      dataType: dataType ?? '',
      nullable: nullable === 'YES',
      readable: /\bselect\b/i.test(rights ?? ''),
      updatable: /\bupdate\b/i.test(rights ?? ''),
      // Not DEFAULT_GENERATED, which only says that the default is an expression.
      generated: /\b(?:VIRTUAL|STORED|PERSISTENT)\b/i.test(extra ?? ''),
      capacity: capacity === null || capacity === undefined ? null : Number(capacity),
      collation: collation ?? null,
    }),
  );
  return new Map(columns.map((column) => [column.name, column]));
}

/** Tables of that name in other databases or other case, as they are written in a definition. */
export async function findSimilar(run: Run, table: string): Promise<readonly string[]> {
  const rows = textRows(
    await run(
      `SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES
        WHERE LOWER(TABLE_NAME) = LOWER(${quoteText(parseTableName(table).table)}) ORDER BY 1, 2 LIMIT 5`,
    ),
  );
  return rows.map(([schema, name]) => printTableName({ schema: schema ?? null, table: name ?? '' }));
}
