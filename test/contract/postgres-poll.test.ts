import { beforeAll, expect, it } from '@jest/globals';
import { readPosition, writePosition, type Position } from '../../connectors/postgres/changes/position.ts';
import type { ChangeBatch } from '../../connectors/contract/change.ts';
import type { Connector } from '../../connectors/contract/connector.ts';
import { waitFor } from '../support/wait-for.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { describePostgres } from './postgres-versions.ts';

/** A head before which nothing is read again: what is open in other databases of the server holds it back for a while. */
async function settledHead(connector: Connector): Promise<Position> {
  const feed = feedOf(connector);
  const { newest } = readPosition(await feed.head(never)).seen.candidate;
  return await waitFor(async () => {
    const head = readPosition(await feed.head(never));
    return BigInt(head.seen.oldest) >= BigInt(newest) && head;
  });
}

describePostgres('polling PostgreSQL', (fixtureOf) => {
  let fixture: ConnectorFixture;
  beforeAll(() => {
    fixture = fixtureOf();
  });

  describeFeed(() => fixture, { name: 'xmin alone', changes: { mode: 'poll' }, anyCursor: true });
  describeFeed(() => fixture, {
    name: 'xmin and cursor',
    changes: { mode: 'poll', cursor: 'changed' },
    anyCursor: true,
  });

  describeFeed(() => fixture, {
    name: 'the cursor of a query',
    changes: { mode: 'poll', cursor: 'changed' },
    source: (table) => ({ query: `SELECT * FROM ${table}`, key: ['id'] }),
    anyCursor: false,
  });

  it('reads a view by a number that grows, a late one too', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text, version bigint', [
      "(1, 'a', 'h', 1)",
      "(2, 'b', 'h', 5)",
    ]);
    await fixture.execute(`CREATE VIEW v_${table} AS SELECT * FROM ${table}`);
    await using connector = openOn(fixture, `v_${table}`, { changes: { mode: 'poll', cursor: 'version' } });
    const follower = await Follower.start(connector);
    await follower.poll(connector);
    await fixture.execute(`INSERT INTO ${table} VALUES (3, 'late', 'h', 4), (4, 'd', 'h', 6)`);
    await follower.poll(connector);
    expect([...follower.records.keys()]).toEqual(['1', '2', '3', '4']);
  });

  it('is not blinded by a record that is dated into the future, or for ever', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text, changed timestamptz', [
      "(1, 'a', 'h', '2199-01-01')",
      "(2, 'b', 'h', 'infinity')",
    ]);
    await fixture.execute(`CREATE VIEW v_${table} AS SELECT * FROM ${table}`);
    await using connector = openOn(fixture, `v_${table}`, { changes: { mode: 'poll', cursor: 'changed' } });
    const follower = await Follower.start(connector);
    await fixture.execute(`INSERT INTO ${table} VALUES (3, 'c', 'h', now())`);
    await follower.poll(connector);
    expect(follower.records.get('3')?.values['mail']).toBe('c');
  });

  it.each(['key', 'stretches', 'cursor'] as const)('reads a large table by %s', async (way) => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text, changed timestamptz');
    await fixture.execute(
      `INSERT INTO ${table} SELECT n, 'm', 'h', '2024-01-01' FROM generate_series(1, 210000) AS n`,
    );
    await using connector = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'changed' } });
    const head = await settledHead(connector);
    await fixture.execute(
      `UPDATE ${table} SET mail = 'new', changed = '2024-01-02' WHERE id IN (7, 100000, 100001, 210000) OR id % 300 = 0`,
    );
    const now = readPosition(await feedOf(connector).head(never));
    const to = { ...now.seen, from: '2024-01-02 00:00:00+00' };
    const begun = writePosition({ ...head, pass: { way, to, upTo: '2024-01-02 00:00:00+00', after: null } });
    const found: string[] = [];
    let last = begun;
    for await (const { changes, checkpoint } of feedOf(connector).read(begun, never)) {
      for (const change of changes) if (change.kind === 'upsert') found.push(change.record.key);
      last = checkpoint ?? last;
      expect(changes.length).toBeLessThanOrEqual(500);
    }
    expect(found).toHaveLength(703);
    expect(new Set(found).size).toBe(703);
    expect(readPosition(last)).toEqual({ history: head.history, seen: to, pass: null });
  });

  it('goes on in the middle of a pass', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text');
    await using connector = openOn(fixture, table, { changes: { mode: 'poll' } });
    const head = await feedOf(connector).head(never);
    await fixture.execute(`INSERT INTO ${table} SELECT n, 'm', 'h' FROM generate_series(1, 1200) AS n`);
    const found: string[] = [];
    let from = head;
    for (let lives = 0; lives < 3; lives += 1) {
      const reading = feedOf(connector).read(from, never)[Symbol.asyncIterator]();
      const { value } = (await reading.next()) as IteratorYieldResult<ChangeBatch>;
      for (const change of value.changes) if (change.kind === 'upsert') found.push(change.record.key);
      from = value.checkpoint ?? from;
    }
    expect(found).toEqual(Array.from({ length: 1200 }, (_, n) => String(n + 1)));
  });

  it('has no feed without a mode, nor for a query without a cursor', async () => {
    await using none = openOn(fixture, 'people');
    expect(none.changes).toBeUndefined();
    await using query = openOn(fixture, 'people', {
      source: { query: 'SELECT 1 AS id', key: ['id'] },
      changes: { mode: 'poll' },
    });
    expect(query.changes).toBeUndefined();
  });

  it('needs a cursor for a view', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text');
    await fixture.execute(`CREATE VIEW v_${table} AS SELECT * FROM ${table}`);
    await using connector = openOn(fixture, `v_${table}`, { changes: { mode: 'poll' } });
    await expect(feedOf(connector).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
  });

  it('says that history is lost when the table is another one', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail text, pw text');
    await using connector = openOn(fixture, table, { changes: { mode: 'poll' } });
    const follower = await Follower.start(connector);
    await fixture.execute(`ALTER TABLE ${table} RENAME TO old_${table}`);
    await fixture.execute(`CREATE TABLE ${table} AS SELECT * FROM old_${table}`);
    await expect(follower.poll(connector)).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
  });
});
