import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readPosition, writePosition } from '../../connectors/mysql/changes/position.ts';
import type { ChangeBatch } from '../../connectors/contract/change.ts';
import { describeBoth } from '../support/both-servers.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { openMysqlFixture, type MysqlFixture } from './mysql-fixture.ts';

describeBoth('polling', (server, { collation }) => {
  let fixture: MysqlFixture;
  beforeAll(async () => {
    fixture = await openMysqlFixture(server(), { collation, sqlMode: '' });
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  describeFeed(() => fixture, {
    name: 'a time',
    changes: { mode: 'poll', cursor: 'changed' },
    anyCursor: false,
  });
  describeFeed(() => fixture, {
    name: 'the time of a query',
    changes: { mode: 'poll', cursor: 'changed' },
    source: (table) => ({ query: `SELECT * FROM ${table}`, key: ['id'] }),
    anyCursor: false,
  });

  const versions = async (rows: readonly string[], type = 'bigint unsigned'): Promise<string> =>
    await makeTable(
      fixture,
      `id bigint PRIMARY KEY, mail varchar(20), pw varchar(20), version ${type}, KEY (version)`,
      rows,
    );

  it('reads by a number that grows: everything, until what it has seen has stood for the overlap', async () => {
    const table = await versions(["(1, 'a', 'h', 1)", "(2, 'b', 'h', 18446744073709551600)"]);
    await using connector = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'version' } });
    const follower = await Follower.start(connector);
    await follower.poll(connector);
    await fixture.execute(
      `INSERT INTO ${table} VALUES (3, 'late', 'h', 4), (4, 'd', 'h', 18446744073709551615)`,
    );
    await follower.poll(connector);
    expect([...follower.records.keys()]).toEqual(['1', '2', '3', '4']);
    const { seen, ...position } = readPosition(follower.checkpoint);
    expect(seen.from).toBeNull();
    const hourAgo = { ...seen, candidate: { ...seen.candidate, at: seen.candidate.at - 3_600 } };
    const heard: string[] = [];
    let last = writePosition({ ...position, seen: hourAgo });
    for (let passes = 0; passes < 2; passes += 1)
      for await (const { changes, checkpoint } of feedOf(connector).read(last, never)) {
        heard.push(`${String(passes)}: ${String(changes.length)}`);
        last = checkpoint ?? last;
      }
    expect(heard).toEqual(['0: 4', '1: 2']);
  });

  it('is not blinded by a record that is dated into the future, nor by zero dates', async () => {
    const table = await makeTable(
      fixture,
      'id bigint PRIMARY KEY, mail varchar(20), pw varchar(20), changed datetime',
      ["(1, 'a', 'h', '2199-01-01')", "(2, 'b', 'h', '0000-00-00')", "(3, 'b', 'h', NULL)"],
    );
    await using connector = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'changed' } });
    const follower = await Follower.start(connector);
    // The application writes the time of a zone twelve hours behind the latest one there is.
    await fixture.execute(`INSERT INTO ${table} VALUES (4, 'c', 'h', NOW() + INTERVAL 14 HOUR)`);
    await follower.poll(connector);
    await follower.poll(connector);
    expect(follower.records.get('4')?.values['mail']).toBe('c');
  });

  it('begins as far behind as it is told to', async () => {
    const table = await makeTable(
      fixture,
      'id bigint PRIMARY KEY, mail varchar(20), pw varchar(20), changed timestamp(6) NOT NULL',
      ["(1, 'a', 'h', '2024-05-01 12:00:00')"],
    );
    const heard = async (overlapMinutes: number): Promise<number> => {
      await using connector = openOn(fixture, table, {
        changes: { mode: 'poll', cursor: 'changed', overlapMinutes },
      });
      const follower = await Follower.start(connector);
      await fixture.execute(`REPLACE INTO ${table} VALUES (2, 'late', 'h', '2024-05-01 11:40:00')`);
      await follower.poll(connector);
      await fixture.execute(`DELETE FROM ${table} WHERE id = 2`);
      return follower.records.size;
    };
    await expect(heard(19)).resolves.toBe(1);
    await expect(heard(20)).resolves.toBe(2);
  });

  it('goes on in the middle of a pass, with text keys that the collation takes for equal', async () => {
    const table = await makeTable(
      fixture,
      'id varchar(20), mail varchar(20), pw varchar(20), changed datetime',
    );
    await using connector = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'changed' } });
    const head = await feedOf(connector).head(never);
    const keys = Array.from({ length: 400 }, (_, n) => [
      `a${String(n)}`,
      `A${String(n)}`,
      `\u00e4${String(n)}`,
    ]).flat();
    await fixture.execute(
      `INSERT INTO ${table} VALUES ${keys.map((key) => `('${key}', 'm', 'h', '2024-01-01')`).join(', ')}`,
    );
    const found: string[] = [];
    let from = head;
    for (let lives = 0; lives < 3; lives += 1) {
      const reading = feedOf(connector).read(from, never)[Symbol.asyncIterator]();
      const { value } = (await reading.next()) as IteratorYieldResult<ChangeBatch>;
      for (const change of value.changes) if (change.kind === 'upsert') found.push(change.record.key);
      from = value.checkpoint ?? from;
    }
    expect(found.toSorted()).toEqual(keys.toSorted());
  });

  it('says that history is lost when the clock went back further than the overlap reaches', async () => {
    const table = await versions(["(1, 'a', 'h', 1)"]);
    await using connector = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'version' } });
    const position = readPosition(await feedOf(connector).head(never));
    const poll = async (ahead: number): Promise<number> => {
      let batches = 0;
      const from = writePosition({ ...position, at: position.at + ahead });
      for await (const _ of feedOf(connector).read(from, never)) batches += 1;
      return batches;
    };
    await expect(poll(599)).resolves.toBe(1);
    await expect(poll(700)).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
  });

  it('says that history is lost when the table was emptied, replaced or altered', async () => {
    const statements = [
      (table: string) => [`TRUNCATE ${table}`],
      (table: string) => [`RENAME TABLE ${table} TO old_${table}`, `CREATE TABLE ${table} LIKE old_${table}`],
      (table: string) => [`ALTER TABLE ${table} MODIFY mail varchar(40) CHARACTER SET latin1`],
    ];
    const tables = await Promise.all(statements.map(() => versions(["(1, 'a', 'h', 1)"])));
    const open = (table: string) => openOn(fixture, table, { changes: { mode: 'poll', cursor: 'version' } });
    const heads = await Promise.all(
      tables.map(async (table) => {
        await using connector = open(table);
        return await feedOf(connector).head(never);
      }),
    );
    // Tables are dated to the second.
    await fixture.execute('DO SLEEP(1.1)');
    for (const [at, table] of tables.entries()) {
      for (const statement of statements[at]?.(table) ?? []) await fixture.execute(statement);
      await using connector = open(table);
      const reading = async (): Promise<void> => {
        for await (const _ of feedOf(connector).read(heads[at]!, never)) throw new Error('was read');
      };
      await expect(reading()).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
    }
  });

  it('has no feed without a cursor, and refuses one that does not grow', async () => {
    await using none = openOn(fixture, 'people', { changes: { mode: 'poll' } });
    expect(none.changes).toBeUndefined();
    const table = await versions(["(1, 'a', 'h', 1)"]);
    await using text = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'mail' } });
    await expect(feedOf(text).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
    const findings = await text.check(never);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CURSOR_UNSUITABLE', 'CURSOR_NULLABLE', 'CURSOR_NOT_INDEXED']),
    );
  });
});
