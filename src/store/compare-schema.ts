import type { Transaction } from './transaction.ts';

export interface SchemaState {
  /** Migrations of this version that the store lacks. */
  readonly pending: readonly string[];
  /** Migrations of the store that this version does not know: a newer one was here. */
  readonly unknown: readonly string[];
}

/** Compares the migrations that this version brings along with those that were applied. Changes nothing. */
export async function compareSchema(read: Transaction): Promise<SchemaState> {
  const ours = read.dataSource.migrations.map(({ name }) => name ?? '');
  const [table] = await read.query<{ there: boolean }[]>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS there`,
  );
  const rows =
    table?.there === true ? await read.query<{ name: string }[]>('SELECT name FROM schema_migrations') : [];
  const applied = rows.map(({ name }) => name);
  return {
    pending: ours.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !ours.includes(name)),
  };
}
