import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Checkpoint } from '../../connectors/contract/change.ts';
import type { Connector } from '../../connectors/contract/connector.ts';
import type { Changes, Source } from '../../connectors/contract/definition.ts';
import { makeTable, never, openOn, readAll, type ConnectorFixture, type Opening } from './fixture.ts';
import { feedOf, Follower, stateOf } from './follower.ts';
import { writeAtRandom } from './random-writes.ts';

/** One way of learning of changes, as the suite sets it up. */
export interface FeedUnderTest {
  readonly name: string;
  readonly changes: Changes;
  /** Where records are read from; the table itself unless given. */
  readonly source?: (table: string) => Source;
  /** Installs at the source what the feed needs there: a trigger, a publication. The connector is open. */
  readonly install?: (table: string, connector: Connector) => Promise<void>;
  /** Whether a change is found although its cursor is far below others: the feed does not go by the cursor alone. */
  readonly anyCursor: boolean;
}

const COLUMNS = (time: string): string =>
  `id bigint PRIMARY KEY, mail varchar(100), pw varchar(200), changed ${time} NOT NULL`;

/**
 * Markers are records written after everything else, so that a stream that has told of one has told of all before it.
 * Each has a key of its own, from here on: what a log says of an old key is answered with the record of today.
 */
const FIRST_MARKER = 900_000;

const isMarker = (key: string): boolean => Number(key) >= FIRST_MARKER;

/** Registers what every feed must do, whatever the database and the way. */
export function describeFeed(fixture: () => ConnectorFixture, feed: FeedUnderTest): void {
  const at = (minutes: number, microseconds = 0): string =>
    `'2024-05-01 ${String(10 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00.${String(microseconds).padStart(6, '0')}'`;

  const run = randomBytes(4).toString('hex');
  const opening = (table: string): Opening => ({
    // Names of slots are those of a whole server, which other tests share.
    name: `feed-${run}-${table}`.replaceAll('_', '-'),
    source: feed.source?.(table) ?? { table, key: ['id'] },
    changes: feed.changes,
  });

  async function setUp(rows: readonly string[] = [], columns = COLUMNS(fixture().dialect.time)) {
    const table = await makeTable(fixture(), columns, rows);
    const connector = openOn(fixture(), table, opening(table));
    await feed.install?.(table, connector);
    tables.push(table);
    return { table, connector };
  }

  const tables: string[] = [];
  let markers = 0;
  /** Reads everything there is to hear of: a poll to its end, a stream up to a record written last. */
  async function catchUp(follower: Follower, table: string, connector: Connector): Promise<void> {
    if (feedOf(connector).delivery === 'poll') {
      await follower.poll(connector);
      return;
    }
    const marker = String(FIRST_MARKER + markers);
    markers += 1;
    await fixture().execute(`INSERT INTO ${table} VALUES (${marker}, 'marker', 'h', ${at(0)})`);
    await follower.follow(connector, () => follower.records.has(marker));
    for (const key of follower.records.keys()) if (isMarker(key)) follower.records.delete(key);
  }

  const mails = (follower: Follower): readonly string[] =>
    [...follower.records.values()].map(({ key, values }) => `${key} ${values['mail'] ?? 'NULL'}`).toSorted();

  /** What the source holds now, without the markers. */
  async function truth(connector: Connector): Promise<readonly string[]> {
    return stateOf((await readAll(connector, 500)).filter(({ key }) => !isMarker(key)));
  }

  /** Feeds that do not see every deletion may still see some. */
  function expectGone(connector: Connector, follower: Follower, key: string): void {
    if (feedOf(connector).deletions === 'reported') expect(follower.records.has(key)).toBe(false);
  }

  describe(`changes by ${feed.name}`, () => {
    /** Servers have room for few slots. */
    afterEach(async () => {
      for (const table of tables.splice(0)) {
        await using connector = openOn(fixture(), table, opening(table));
        await connector.traces?.remove(never);
      }
    });

    it('are what was inserted and updated after the head, and nothing that was there before', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`, `(2, 'b', 'h', ${at(2)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`UPDATE ${table} SET mail = 'B', changed = ${at(30)} WHERE id = 2`);
      await fixture().execute(`INSERT INTO ${table} VALUES (3, 'c', NULL, ${at(31)})`);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a', '2 B', '3 c']);
      expect(follower.state()).toEqual(
        stateOf((await readAll(connector, 9)).filter(({ key }) => !isMarker(key))),
      );
    });

    it('begin with an empty table', async () => {
      const { table, connector } = await setUp();
      await using _ = connector;
      const follower = await Follower.start(connector);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual([]);
      await fixture().execute(`INSERT INTO ${table} VALUES (1, 'a', 'h', ${at(1)})`);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a']);
    });

    it('include a transaction that was open at the head and is committed after later ones', async () => {
      const open = fixture().openSession;
      if (open === undefined) return;
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`]);
      await using _ = connector;
      await using late = await open();
      // A feed that leaves something at the source makes it now: some cannot be made while a transaction is open.
      await feedOf(connector).head(never);
      await late.execute('BEGIN');
      await late.execute(`INSERT INTO ${table} VALUES (2, 'late', 'h', ${at(2)})`);
      const follower = await Follower.start(connector);
      await fixture().execute(`INSERT INTO ${table} VALUES (3, 'early', 'h', ${at(5)})`);
      await catchUp(follower, table, connector);
      await fixture().execute(`INSERT INTO ${table} VALUES (4, 'next', 'h', ${at(6)})`);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a', '3 early', '4 next']);
      await late.execute('COMMIT');
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a', '2 late', '3 early', '4 next']);
    });

    it('include every record of one moment, however many pages they fill', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      const count = 1_234;
      const rows = Array.from({ length: count }, (_, n) => `(${String(n + 10)}, 'tie', 'h', ${at(20)})`);
      await fixture().execute(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
      await catchUp(follower, table, connector);
      expect(follower.records.size).toBe(count + 1);
      await fixture().execute(`UPDATE ${table} SET mail = 'tied' WHERE id = 700`);
      await fixture().execute(`UPDATE ${table} SET changed = ${at(20)} WHERE id = 1`);
      await catchUp(follower, table, connector);
      expect(follower.records.get('700')?.values['mail']).toBe('tied');
    });

    it('are told apart by the microsecond', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1, 123_456)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`UPDATE ${table} SET mail = 'b', changed = ${at(1, 123_457)} WHERE id = 1`);
      await catchUp(follower, table, connector);
      await fixture().execute(`INSERT INTO ${table} VALUES (2, 'c', 'h', ${at(1, 123_458)})`);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 b', '2 c']);
    });

    it('are found when the clock of the writer was set back, or the cursor not set at all', async () => {
      const { table, connector } = await setUp([
        `(1, 'a', 'h', ${at(60)})`,
        `(2, 'b', 'h', ${at(60)})`,
        `(3, 'c', 'h', ${at(60)})`,
      ]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`UPDATE ${table} SET mail = 'A', changed = ${at(56)} WHERE id = 1`);
      await fixture().execute(`UPDATE ${table} SET mail = 'B' WHERE id = 2`);
      await fixture().execute(`UPDATE ${table} SET mail = 'C', changed = ${at(1)} WHERE id = 3`);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 A', '2 B', feed.anyCursor ? '3 C' : '3 c']);
    });

    it('tell of a changed key as of a record gone and another one come', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`, `(2, 'b', 'h', ${at(2)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`UPDATE ${table} SET id = 7, changed = ${at(30)} WHERE id = 1`);
      await catchUp(follower, table, connector);
      expectGone(connector, follower, '1');
      expect(follower.records.get('7')?.values['mail']).toBe('a');
    });

    it('end with the record when it was deleted and inserted again, and without it when it stays deleted', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`, `(2, 'b', 'h', ${at(2)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`DELETE FROM ${table} WHERE id = 1`);
      await fixture().execute(`INSERT INTO ${table} VALUES (1, 'again', 'h', ${at(30)})`);
      await fixture().execute(`DELETE FROM ${table} WHERE id = 2`);
      await catchUp(follower, table, connector);
      expect(follower.records.get('1')?.values['mail']).toBe('again');
      expectGone(connector, follower, '2');
    });

    it('are the same when the same checkpoint is read again', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`]);
      await using _ = connector;
      const first = await Follower.start(connector);
      const head = first.checkpoint;
      await fixture().execute(`UPDATE ${table} SET mail = 'A', changed = ${at(30)} WHERE id = 1`);
      await fixture().execute(`INSERT INTO ${table} VALUES (2, 'b', 'h', ${at(31)})`);
      await catchUp(first, table, connector);
      const again: string[] = [];
      const abort = new AbortController();
      const reading = async (): Promise<void> => {
        for await (const { changes } of feedOf(connector).read(head, abort.signal))
          for (const change of changes) {
            if (change.kind !== 'upsert') continue;
            if (isMarker(change.record.key)) abort.abort(new Error('enough'));
            else again.push(`${change.record.key} ${change.record.values['mail'] ?? ''}`);
          }
      };
      await reading().catch((error: unknown) => {
        if (!abort.signal.aborted) throw error;
      });
      expect([...new Set(again)].toSorted()).toEqual(['1 A', '2 b']);
    });

    it('refuse a checkpoint of another connector, and one that is damaged', async () => {
      const { connector } = await setUp();
      await using _ = connector;
      const head = await feedOf(connector).head(never);
      for (const foreign of ['elsewhere/1:5', '', head.slice(0, -3), head.slice(0, head.indexOf(':') + 1)]) {
        const reading = async (): Promise<void> => {
          for await (const batch of feedOf(connector).read(foreign as Checkpoint, never))
            throw new Error(`was read: ${JSON.stringify(batch)}`);
        };
        await expect(reading()).rejects.toMatchObject({ code: 'CHECKPOINT_FOREIGN' });
      }
    });

    it('stop when asked, with the reason given, and can be read again', async () => {
      const { table, connector } = await setUp([`(1, 'a', 'h', ${at(1)})`]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      await fixture().execute(`INSERT INTO ${table} VALUES (2, 'b', 'h', ${at(31)})`);
      const abort = new AbortController();
      const reading = async (): Promise<void> => {
        for await (const _batch of feedOf(connector).read(follower.checkpoint, abort.signal))
          abort.abort(new Error('enough'));
        abort.signal.throwIfAborted();
      };
      await expect(reading()).rejects.toThrow('enough');
      await expect(reading()).rejects.toThrow('enough');
      await expect(feedOf(connector).head(abort.signal)).rejects.toThrow('enough');
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a', '2 b']);
      await feedOf(connector).acknowledge(follower.checkpoint, never);
      await catchUp(follower, table, connector);
      expect(mails(follower)).toEqual(['1 a', '2 b']);
    });

    it('agree with the source after random transactions, with the connector killed on the way', async () => {
      const { table, connector } = await setUp();
      await connector[Symbol.asyncDispose]();
      let opened = openOn(fixture(), table, opening(table));
      const follower = await Follower.start(opened);
      const writing = writeAtRandom(fixture(), { table, transactions: 120 });
      try {
        for (let lives = 0; lives < 4; lives += 1) {
          await catchUp(follower, table, opened);
          await feedOf(opened).acknowledge(follower.checkpoint, never);
          await opened[Symbol.asyncDispose]();
          opened = openOn(fixture(), table, opening(table));
        }
        await writing;
        await catchUp(follower, table, opened);
        const held = await truth(opened);
        const seen = new Set(follower.state());
        expect(held.filter((line) => !seen.has(line))).toEqual([]);
        // What was deleted is still held by a follower of a feed that cannot see it.
        if (feedOf(opened).deletions === 'reported') expect(seen.size).toBe(held.length);
      } finally {
        await writing.catch(() => undefined);
        await opened[Symbol.asyncDispose]();
      }
    });
  });
}
