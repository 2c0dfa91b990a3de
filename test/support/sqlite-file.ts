import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';

/** A customer's SQLite file, written the way an application would, in a folder of its own. */
export interface SqliteFile extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
  /** Runs statements, or one that answers rows. The file is open only meanwhile. */
  query(sql: string): Record<string, unknown>[];
}

export async function createSqliteFile(schema = 'PRAGMA user_version = 1'): Promise<SqliteFile> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tributary-sqlite-')));
  const path = join(folder, 'people.db');
  const query = (sql: string): Record<string, unknown>[] => runOn(path, sql);
  query(schema);
  return {
    folder,
    path,
    query,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function runOn(path: string, sql: string): Record<string, unknown>[] {
  const database = new Database(path, { timeout: 10_000 });
  try {
    if (!/^\s*SELECT/i.test(sql)) {
      database.exec(sql);
      return [];
    }
    return (database.prepare(sql).all() as Record<string, unknown>[]).map(withoutMetadata);
  } finally {
    database.close();
  }
}

/** The library puts how long it took among the columns. */
function withoutMetadata({ _metadata, ...row }: Record<string, unknown>): Record<string, unknown> {
  return row;
}
