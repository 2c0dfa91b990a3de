import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeCheckpoint } from '../../connectors/contract/change.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { openSqliteFixture } from './sqlite-fixture.ts';

describe('polling SQLite', () => {
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    fixture = await openSqliteFixture();
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  const changes = { mode: 'poll', cursor: 'changed' } as const;
  describeFeed(() => fixture, { name: 'a cursor', changes, anyCursor: false });
  describeFeed(() => fixture, {
    name: 'the cursor of a query',
    changes,
    source: (table) => ({ query: `SELECT * FROM ${table}`, key: ['id'] }),
    anyCursor: false,
  });

  it.each([
    ['seconds', 'integer', `unixepoch('2024-05-01 11:00:00')`, `unixepoch('2024-05-01 10:55:00')`],
    [
      'thousandths',
      'integer',
      `unixepoch('2024-05-01 11:00:00') * 1000`,
      `unixepoch('2024-05-01 10:55:00') * 1000`,
    ],
    ['days', 'real', `julianday('2024-05-01 11:00:00')`, `julianday('2024-05-01 10:55:00')`],
    ['ISO text', 'text', `'2024-05-01T11:00:00.123Z'`, `'2024-05-01T10:55:00.001Z'`],
  ])('takes a late record within the overlap, by times in %s', async (...[, type, latest, late]) => {
    const table = await makeTable(fixture, `id integer PRIMARY KEY, mail text, pw text, changed ${type}`, [
      `(1, 'a', 'h', ${latest})`,
    ]);
    await using connector = openOn(fixture, table, { changes });
    const follower = await Follower.start(connector);
    await fixture.execute(`INSERT INTO ${table} VALUES (2, 'late', 'h', ${late})`);
    await follower.poll(connector);
    expect(follower.records.get('2')?.values['mail']).toBe('late');
  });

  it('goes by a number that is no time, exactly', async () => {
    const table = await makeTable(fixture, 'id integer PRIMARY KEY, mail text, pw text, changed integer', [
      "(1, 'a', 'h', 5)",
    ]);
    await using connector = openOn(fixture, table, { changes });
    const follower = await Follower.start(connector);
    await fixture.execute(`INSERT INTO ${table} VALUES (2, 'b', 'h', 5), (3, 'c', 'h', 6), (4, 'd', 'h', 4)`);
    await follower.poll(connector);
    expect([...follower.records.keys()]).toEqual(['1', '2', '3']);
  });

  it.each([
    ['text', `'2199-01-01 00:00:00'`, `strftime('%Y-%m-%d %H:%M:%S')`],
    ['integer', `unixepoch('2199-01-01') * 1000`, `unixepoch() * 1000`],
  ])(
    'is not blinded by a record that is dated into the future, in a column of type %s',
    async (type, future, now) => {
      const table = await makeTable(fixture, `id integer PRIMARY KEY, mail text, pw text, changed ${type}`, [
        `(1, 'a', 'h', ${future})`,
      ]);
      await using connector = openOn(fixture, table, { changes });
      const follower = await Follower.start(connector);
      await fixture.execute(`INSERT INTO ${table} VALUES (2, 'b', 'h', ${now})`);
      await follower.poll(connector);
      expect(follower.records.get('2')?.values['mail']).toBe('b');
    },
  );

  it('refuses a checkpoint it did not write', async () => {
    const table = await makeTable(fixture, 'id integer PRIMARY KEY, mail text, pw text, changed text');
    await using connector = openOn(fixture, table, { changes });
    for (const foreign of [
      writeCheckpoint('postgres-poll/1', '5'),
      writeCheckpoint('sqlite-poll/1', 'text %zz'),
    ]) {
      const reading = feedOf(connector).read(foreign, never)[Symbol.asyncIterator]().next();
      await expect(reading).rejects.toMatchObject({ code: 'CHECKPOINT_FOREIGN' });
    }
  });

  it('has no feed without a cursor', async () => {
    await using none = openOn(fixture, 'people', { changes: { mode: 'poll' } });
    expect(none.changes).toBeUndefined();
    await using real = openOn(
      fixture,
      await makeTable(fixture, 'id integer PRIMARY KEY, mail text, pw text'),
      {
        changes: { mode: 'poll' },
      },
    );
    const errors = (await real.check(never)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(['CHANGES_UNAVAILABLE']);
  });

  it('warns of a cursor without an index, and of records without a cursor', async () => {
    const table = await makeTable(fixture, 'id integer PRIMARY KEY, mail text, pw text, changed text', [
      "(1, 'a', 'h', NULL)",
    ]);
    await using connector = openOn(fixture, table, { changes });
    const codes = async (): Promise<string[]> =>
      (await connector.check(never)).filter(({ step }) => step === 'changes').map(({ code }) => code);
    expect(await codes()).toEqual(['CURSOR_NOT_INDEXED', 'CURSOR_MISSING']);
    await fixture.execute(
      `UPDATE ${table} SET changed = '2024-01-01'; CREATE INDEX i_${table} ON ${table} (changed)`,
    );
    expect(await codes()).toEqual(['OK']);
  });
});
