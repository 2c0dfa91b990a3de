import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { waitFor } from '../support/wait-for.ts';
import { describePostgres } from './postgres-versions.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text';

describePostgres('reading the log of PostgreSQL', (fixtureOf) => {
  let fixture: ConnectorFixture;
  beforeAll(() => {
    fixture = fixtureOf();
  });
  afterAll(async () => {
    // A database with a slot cannot be dropped.
    await fixture.execute(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active`,
    );
  });

  async function install(connector: Connector): Promise<void> {
    const traces = (await connector.traces?.list(never)) ?? [];
    for (const { kind, remedy } of traces) if (kind === 'publication') await fixture.execute(remedy);
  }

  async function setUp(rows: readonly string[] = [], columns = COLUMNS) {
    const table = await makeTable(fixture, columns, rows);
    const connector = openOn(fixture, table, {
      name: `log-${table.replaceAll('_', '-')}`,
      changes: { mode: 'replication' },
    });
    await install(connector);
    return { table, connector, slot: `tributary_log_${table}` };
  }

  describeFeed(() => fixture, {
    name: 'the log',
    changes: { mode: 'replication' },
    install: (_, connector) => install(connector),
    anyCursor: true,
  });

  it('says that there is no publication, or that it leaves something out', async () => {
    const table = await makeTable(fixture, COLUMNS);
    await using connector = openOn(fixture, table, { name: 'none', changes: { mode: 'replication' } });
    await expect(feedOf(connector).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
    await fixture.execute(`CREATE PUBLICATION tributary_none FOR TABLE ${table} WITH (publish = 'insert')`);
    await expect(feedOf(connector).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
    await fixture.execute('DROP PUBLICATION tributary_none');
  });

  it('refuses to print a publication that would break updates, and publishes the key alone', async () => {
    const table = await makeTable(fixture, 'id bigint UNIQUE, mail text, pw text', ["(1, 'a', 'h')"]);
    await using connector = openOn(fixture, table, { name: 'keyless', changes: { mode: 'replication' } });
    await expect(install(connector)).rejects.toThrow('every UPDATE fail');
    await fixture.execute(`UPDATE ${table} SET mail = 'b'`);
    await fixture.execute(`ALTER TABLE ${table} ALTER id SET NOT NULL`);
    await fixture.execute(`ALTER TABLE ${table} REPLICA IDENTITY USING INDEX ${table}_id_key`);
    await install(connector);
    await fixture.execute(`UPDATE ${table} SET mail = 'c'`);
    const published = await fixture.execute(
      `SELECT attnames::text FROM pg_publication_tables WHERE pubname = 'tributary_keyless'`,
    );
    expect(published).toEqual([{ attnames: '{id}' }]);
    await expect(connector.traces?.remove(never)).resolves.toEqual([]);
  });

  it('tells of a large transaction in pieces, with a checkpoint at its end only', async () => {
    const { table, connector } = await setUp();
    await using _ = connector;
    const head = await feedOf(connector).head(never);
    await fixture.execute(
      `INSERT INTO ${table} SELECT n, repeat('x', 2000), 'h' FROM generate_series(1, 6000) AS n`,
    );
    const abort = new AbortController();
    let seen = 0;
    let pieces = 0;
    const before = process.memoryUsage().heapUsed;
    for await (const { changes, checkpoint } of feedOf(connector).read(head, abort.signal)) {
      seen += changes.length;
      pieces += 1;
      if (seen < 6_000) expect(checkpoint).toBeNull();
      if (checkpoint !== null) break;
    }
    expect(seen).toBe(6_000);
    expect(pieces).toBeGreaterThanOrEqual(12);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
    await connector.traces?.remove(never);
  });

  it('keeps values that an update left alone, although the log leaves them out', async () => {
    const { table, connector } = await setUp();
    await using _ = connector;
    await fixture.execute(`ALTER TABLE ${table} ALTER mail SET STORAGE EXTERNAL`);
    await fixture.execute(`INSERT INTO ${table} VALUES (1, repeat('long', 5000), 'h')`);
    const follower = await Follower.start(connector);
    await fixture.execute(`UPDATE ${table} SET pw = 'new'`);
    await follower.follow(connector, () => follower.records.get('1')?.passwordHash?.reveal() === 'new');
    expect(follower.records.get('1')?.values['mail']).toHaveLength(20_000);
    await connector.traces?.remove(never);
  });

  it('tells of a truncation, of changed columns, and stops at a column that is gone', async () => {
    const { table, connector } = await setUp(["(1, 'a', 'h')"]);
    await using _ = connector;
    const follower = await Follower.start(connector);
    await fixture.execute(`ALTER TABLE ${table} ADD more text DEFAULT 'm', ALTER mail TYPE varchar(50)`);
    await fixture.execute(`UPDATE ${table} SET mail = 'b'`);
    await fixture.execute(`TRUNCATE ${table}`);
    await fixture.execute(`INSERT INTO ${table} VALUES (2, 'after', 'h', 'm')`);
    await follower.follow(connector, () => follower.resets > 0 && follower.records.has('2'));
    await fixture.execute(`ALTER TABLE ${table} RENAME mail TO email`);
    await fixture.execute(`UPDATE ${table} SET email = 'c'`);
    await expect(follower.follow(connector, () => false)).rejects.toMatchObject({
      code: 'SOURCE_SCHEMA_CHANGED',
    });
    await fixture.execute(`ALTER TABLE ${table} RENAME email TO mail`);
    await follower.follow(connector, () => follower.records.get('2')?.values['mail'] === 'c');
    await connector.traces?.remove(never);
  });

  it('says that history is lost when the slot or the publication is not what it was', async () => {
    const { table, connector, slot } = await setUp(["(1, 'a', 'h')"]);
    await using _ = connector;
    const lost = { code: 'SOURCE_HISTORY_LOST' };
    const follower = await Follower.start(connector);
    await fixture.execute(`SELECT pg_drop_replication_slot('${slot}')`);
    await expect(follower.follow(connector, () => false)).rejects.toMatchObject(lost);
    await fixture.execute(`UPDATE ${table} SET mail = 'lost'`);
    await fixture.execute(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
    await expect(follower.follow(connector, () => false)).rejects.toMatchObject(lost);
    const second = await Follower.start(connector);
    await fixture.execute(`ALTER PUBLICATION ${slot} DROP TABLE ${table}`);
    await fixture.execute(`UPDATE ${table} SET mail = 'unpublished'`);
    await fixture.execute(`ALTER PUBLICATION ${slot} ADD TABLE ${table} (id)`);
    await expect(second.follow(connector, () => false)).rejects.toMatchObject(lost);
    await connector.traces?.remove(never);
  });

  it('acknowledges only what it is told to, with and without a stream, and lets go of the log', async () => {
    const { table, connector, slot } = await setUp();
    await using _ = connector;
    const confirmed = async (): Promise<unknown> =>
      (
        await fixture.execute(
          `SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '${slot}'`,
        )
      )[0]?.['confirmed_flush_lsn'];
    const follower = await Follower.start(connector);
    const atHead = await confirmed();
    await fixture.execute(`INSERT INTO ${table} VALUES (1, 'a', 'h')`);
    await follower.follow(connector, () => follower.records.has('1'));
    expect(await confirmed()).toBe(atHead);
    await feedOf(connector).acknowledge(follower.checkpoint, never);
    expect(await confirmed()).not.toBe(atHead);
    // The very next commit begins where the acknowledged one ended.
    await fixture.execute(`INSERT INTO ${table} VALUES (2, 'b', 'h')`);
    await follower.follow(connector, () => follower.records.has('2'));
    const [trace] = (await connector.traces?.list(never)) ?? [];
    expect(trace).toMatchObject({ kind: 'slot', name: slot, state: 'ready', limitBytes: null });
    expect(trace?.retainedBytes).toBeGreaterThan(0);
    await expect(connector.traces?.remove(never)).resolves.toEqual([]);
    expect((await connector.traces?.list(never))?.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'slot absent',
      'publication absent',
    ]);
  });

  it('goes on after the connection was cut', async () => {
    const { table, connector, slot } = await setUp();
    await using _ = connector;
    const follower = await Follower.start(connector);
    const cut = follower.follow(connector, () => false);
    cut.catch(() => undefined);
    await waitFor(async () => {
      const killed = await fixture.execute(
        `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '${slot}' AND active`,
      );
      return killed.length > 0;
    });
    await expect(cut).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    await fixture.execute(`INSERT INTO ${table} VALUES (1, 'a', 'h')`);
    await follower.follow(connector, () => follower.records.has('1'));
    await connector.traces?.remove(never);
  });
});
