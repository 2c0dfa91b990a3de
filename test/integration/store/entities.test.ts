import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../../../src/store/entities/index.ts';
import { Initial1764000000000 } from '../../../src/store/migrations/1764000000000-initial.ts';
import { createSourceDatabase, createStoreDatabase, type StoreDatabase } from '../../support/databases.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

let database: StoreDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createStoreDatabase();
  source = await new DataSource({
    type: 'postgres',
    url: database.url,
    entities: [...ENTITIES],
  }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database[Symbol.asyncDispose]();
});

const TYPES: Readonly<Record<string, string>> = { 'timestamp with time zone': 'timestamptz' };

async function migratedColumns(): Promise<readonly Column[]> {
  const rows = await source.query<Column[]>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS type, is_nullable = 'YES' AS nullable
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
  return rows.map((row) => ({ ...row, type: TYPES[row.type] ?? row.type }));
}

function declaredColumns(): readonly Column[] {
  return source.entityMetadatas
    .flatMap((entity) =>
      entity.columns.map((column) => ({
        table: entity.tableName,
        column: column.databaseName,
        type: source.driver.normalizeType(column).replace('timestamp with time zone', 'timestamptz'),
        nullable: column.isNullable,
      })),
    )
    .toSorted((a, b) => `${a.table} ${a.column}`.localeCompare(`${b.table} ${b.column}`));
}

describe('entities', () => {
  it('say of every column what the migrations made', async () => {
    const migrated = await migratedColumns();
    const tables = new Set(declaredColumns().map(({ table }) => table));
    const same = migrated.filter(({ table }) => tables.has(table)).map((column) => JSON.stringify(column));
    expect(
      declaredColumns()
        .map((column) => JSON.stringify(column))
        .toSorted(),
    ).toEqual(same.toSorted());
  });
});

describe('the migrations', () => {
  it('can be undone and done again', async () => {
    await using empty = await createSourceDatabase();
    const options = { type: 'postgres' as const, url: empty.url, migrations: [Initial1764000000000] };
    const once = await new DataSource(options).initialize();
    await once.runMigrations();
    await once.undoLastMigration();
    const left = await once.query<
      unknown[]
    >(`SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind = 'r' AND relname <> 'migrations'`);
    expect(left).toEqual([]);
    await once.runMigrations();
    await once.destroy();
  });
});

describe('the audit log', () => {
  it('refuses to be edited, emptied or shortened', async () => {
    await source.query(`INSERT INTO audit_entries VALUES (1, now(), 'a', 'b', 'c', '{}', '\\x00')`);
    for (const statement of [
      'UPDATE audit_entries SET actor = $$x$$',
      'DELETE FROM audit_entries',
      'TRUNCATE audit_entries',
    ]) {
      await expect(source.query(statement)).rejects.toThrow('append-only');
    }
  });
});
