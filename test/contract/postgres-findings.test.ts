import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

/** What is wrong with a whole server: on one of our own, set up as servers are by default. */
describe('a PostgreSQL server that is set up otherwise', () => {
  let server: PostgresServer;
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    server = await startPostgres({ wal_level: 'replica' });
    fixture = await openPostgresFixture(server);
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const remedies = async (connector: Connector, code: string): Promise<readonly string[]> =>
    (await connector.check(never)).filter((finding) => finding.code === code).map(({ remedy }) => remedy);

  it('keeps a log that cannot be read by records', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text');
    await using log = openOn(fixture, table, { name: 'low', changes: { mode: 'replication' } });
    expect(await remedies(log, 'WAL_LEVEL_TOO_LOW')).toEqual([
      expect.stringContaining("wal_level = 'logical'"),
    ]);
    await using poll = openOn(fixture, table, { name: 'low', changes: { mode: 'poll' } });
    expect(await remedies(poll, 'WAL_LEVEL_TOO_LOW')).toEqual([]);
  });

  it('sorts otherwise than when the index was built, and is mended with what the finding says', async () => {
    await fixture.execute(`CREATE COLLATION "Old One" (provider = icu, locale = 'sv')`);
    const table = await makeTable(fixture, 'id text COLLATE "Old One" PRIMARY KEY, mail text, pw text', [
      "('a', 'm', 'h')",
    ]);
    await using connector = openOn(fixture, table);
    expect(await remedies(connector, 'COLLATION_OUTDATED')).toEqual([]);
    await fixture.execute(`UPDATE pg_collation SET collversion = '0' WHERE collname = 'Old One'`);
    const [remedy = ''] = await remedies(connector, 'COLLATION_OUTDATED');
    expect(remedy).toMatch(/^REINDEX TABLE/);
    for (const statement of remedy.replace(/-- .*?:/, '').split(';'))
      if (statement.trim() !== '') await fixture.execute(statement);
    expect(await remedies(connector, 'COLLATION_OUTDATED')).toEqual([]);
    const plain = await makeTable(fixture, 'id text PRIMARY KEY, mail text, pw text');
    await using ordinary = openOn(fixture, plain);
    expect(await remedies(ordinary, 'COLLATION_OUTDATED')).toEqual([]);
  });
});
