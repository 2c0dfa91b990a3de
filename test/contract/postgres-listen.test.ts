import { beforeAll, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { describePostgres } from './postgres-versions.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text';

describePostgres('listening to PostgreSQL', (fixtureOf) => {
  let fixture: ConnectorFixture;
  beforeAll(() => {
    fixture = fixtureOf();
  });

  /** What the keeper of traces says is missing, in an order in which it can be made. */
  async function install(connector: Connector): Promise<void> {
    const absent = ((await connector.traces?.list(never)) ?? []).filter(({ state }) => state === 'absent');
    for (const { remedy } of absent.toReversed()) await fixture.execute(remedy);
  }

  async function setUp(rows: readonly string[] = [], columns = COLUMNS) {
    const table = await makeTable(fixture, columns, rows);
    const connector = openOn(fixture, table, {
      name: `listen-${table.replaceAll('_', '-')}`,
      changes: { mode: 'listen' },
    });
    await install(connector);
    return { table, connector };
  }

  describeFeed(() => fixture, {
    name: 'listening',
    changes: { mode: 'listen' },
    install: (_, connector) => install(connector),
    anyCursor: true,
  });

  it('says that triggers are missing or switched off', async () => {
    const table = await makeTable(fixture, COLUMNS);
    const opening = { name: 'no-trigger', changes: { mode: 'listen' } } as const;
    await using connector = openOn(fixture, table, opening);
    await expect(feedOf(connector).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
    await install(connector);
    const follower = await Follower.start(connector);
    await fixture.execute(`ALTER TABLE ${table} DISABLE TRIGGER tributary_no_trigger_update`);
    await expect(follower.follow(connector, () => false)).rejects.toMatchObject({
      code: 'CHANGES_UNAVAILABLE',
    });
    expect(await connector.traces?.list(never)).toContainEqual(
      expect.objectContaining({ name: 'tributary_no_trigger_update', state: 'broken' }),
    );
  });

  it('hears of deletions, of a truncation, of long keys and of many changes at once', async () => {
    const { table, connector } = await setUp([], 'id text PRIMARY KEY, mail text, pw text');
    await using _ = connector;
    const follower = await Follower.start(connector);
    const heard = (what: () => boolean): Promise<void> => follower.follow(connector, what);
    let started: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => (started = resolve));
    const following = heard(() => {
      started();
      return follower.records.has('end');
    });
    await ready;
    const long = 'k'.repeat(2_000);
    await fixture.execute(
      `INSERT INTO ${table} SELECT '${long}' || n, 'long', 'h' FROM generate_series(1, 5) AS n`,
    );
    await fixture.execute(`INSERT INTO ${table} SELECT n, 'many', 'h' FROM generate_series(1, 3000) AS n`);
    await fixture.execute(`INSERT INTO ${table} VALUES ('gone', 'a', 'h')`);
    await fixture.execute(`DELETE FROM ${table} WHERE id = 'gone'`);
    await fixture.execute(`NOTIFY "tributary_listen_${table}", 'not from us'`);
    await fixture.execute(`INSERT INTO ${table} VALUES ('end', 'a', 'h')`);
    await following;
    expect(follower.records.size).toBe(3_006);
    let again: () => void = () => undefined;
    const listening = new Promise<void>((resolve) => (again = resolve));
    const truncated = follower.follow(connector, () => {
      again();
      return follower.resets > 0;
    });
    await listening;
    await fixture.execute(`TRUNCATE ${table}`);
    await truncated;
  });

  it('polls after the connection broke, so that nothing is lost', async () => {
    const { table, connector } = await setUp(["(1, 'a', 'h')"]);
    await using _ = connector;
    const follower = await Follower.start(connector);
    let started: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => (started = resolve));
    const following = follower.follow(connector, () => {
      started();
      return false;
    });
    following.catch(() => undefined);
    await ready;
    await fixture.execute(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN "tributary_listen_${table}"'`,
    );
    await expect(following).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    await fixture.execute(`UPDATE ${table} SET mail = 'unheard'`);
    await follower.follow(connector, () => follower.records.get('1')?.values['mail'] === 'unheard');
  });

  it('removes what it left, and says what it may not', async () => {
    const { connector } = await setUp();
    await using _ = connector;
    expect((await connector.traces?.list(never))?.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'trigger ready',
      'trigger ready',
      'trigger ready',
      'trigger ready',
      'function ready',
    ]);
    await expect(connector.traces?.remove(never)).resolves.toEqual([]);
    await expect(connector.traces?.remove(never)).resolves.toEqual([]);
    expect((await connector.traces?.list(never))?.every(({ state }) => state === 'absent')).toBe(true);
  });
});
