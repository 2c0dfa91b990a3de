import { describe, expect, it } from '@jest/globals';
import { createSourceDatabase, createStoreDatabase } from '../../support/databases.ts';

describe('test databases', () => {
  it('gives each test a migrated store of its own', async () => {
    await using first = await createStoreDatabase();
    await using second = await createStoreDatabase();
    expect(first.url).not.toBe(second.url);
    expect(await first.store.pendingMigrations()).toBe(false);
    await expect(second.store.read.query('SELECT count(*)::int AS n FROM profiles')).resolves.toEqual([
      { n: 0 },
    ]);
  });

  it('drops a source database when it is disposed', async () => {
    let name: string;
    {
      await using gone = await createSourceDatabase('CREATE TABLE t (a int); INSERT INTO t VALUES (1)');
      name = gone.database;
      expect(await gone.query('SELECT a FROM t')).toEqual([{ a: 1 }]);
    }
    await using other = await createSourceDatabase();
    expect(await other.query('SELECT FROM pg_database WHERE datname = $1', [name])).toEqual([]);
  });
});
