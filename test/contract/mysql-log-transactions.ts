import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { waitFor } from '../support/wait-for.ts';
import { makeTable, never, openOn, readAll, type Opening } from './fixture.ts';
import { feedOf, Follower, stateOf } from './follower.ts';
import { hear, isKey } from './hear.ts';
import type { MysqlFixture } from './mysql-fixture.ts';
import { numbersTo } from './random-writes.ts';

/** How a server is made to keep what it has written to its log out of sight. */
export interface Commits {
  /** Statements after which commits are in the log and nobody sees them. */
  readonly holdCommits: readonly string[];
  /** Statements that let them be seen. */
  readonly letCommits: readonly string[];
}

const opening: Opening = { changes: { mode: 'binlog' } };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held in memory, without what is only not collected yet. */
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Registers what following a log must make of large, late and prepared transactions. */
export function describeTransactions(fixture: () => MysqlFixture, commits: Commits): void {
  const people = async (count: number): Promise<string> =>
    await makeTable(
      fixture(),
      'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200)',
      Array.from({ length: count }, (_, n) => `(${String(n + 1)}, 'm', 'h')`),
    );
  const write = async (sql: string): Promise<void> => {
    await fixture().execute(sql);
  };
  const mailOf = (follower: Follower, key: string) => follower.records.get(key)?.values['mail'];

  it('reads a large transaction in small batches with flat memory, and gives no position inside of it', async () => {
    const table = await makeTable(
      fixture(),
      'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200), picture longtext',
    );
    await using connector = openOn(fixture(), table, opening);
    const head = await feedOf(connector).head(never);
    const count = 9_999;
    await write(
      `INSERT INTO ${table} SELECT n, 'm', 'h', REPEAT('x', 6000) FROM ${numbersTo(count)} AS numbers`,
    );
    const before = heldBytes();
    let [seen, largest, peak, positions] = [0, 0, 0, 0];
    for await (const { changes, checkpoint } of feedOf(connector).read(head, never)) {
      seen += changes.length;
      largest = Math.max(largest, changes.length);
      // The server goes on sending meanwhile, unless it is held back.
      await fixture().execute('DO SLEEP(0.1)');
      peak = Math.max(peak, heldBytes() - before);
      // The server may say where it stands before it begins.
      if (checkpoint === null || checkpoint === head) continue;
      positions += 1;
      break;
    }
    expect({ seen, positions }).toEqual({ seen: count, positions: 1 });
    expect(largest).toBeLessThan(5_000);
    // The transaction has 60 MB.
    expect(peak / 1024 / 1024).toBeLessThan(30);
  });

  it('waits until others see what the log tells, and begins with what they see', async () => {
    const table = await people(1);
    await using connector = openOn(fixture(), table, opening);
    const follower = await Follower.start(connector);
    await write(`INSERT INTO ${table} VALUES (2, 'before', 'h')`);
    const reading = follower.follow(connector, () => follower.records.has('9'));
    for (const statement of commits.holdCommits) await write(statement);
    await using session = await fixture().openSession();
    const committing = session.execute(`INSERT INTO ${table} VALUES (7, 'held', 'h')`);
    const states = async () =>
      (await fixture().execute('SHOW PROCESSLIST')).map(({ State }) => String(State)).join('; ');
    // The commit waits for a replica, and the log has been sent to us.
    await waitFor(async () => /semi-sync.*has sent all|has sent all.*semi-sync/i.test(await states()));
    const later = await Follower.start(connector);
    expect(await fixture().execute(`SELECT id FROM ${table} WHERE id = 7`)).toEqual([]);
    for (const statement of commits.letCommits) await write(statement);
    await committing;
    await write(`INSERT INTO ${table} VALUES (9, 'last', 'h')`);
    await reading;
    await later.follow(connector, () => later.records.has('9'));
    for (const { records } of [follower, later])
      expect([...records.keys()].toSorted()).toEqual(['1', '2', '7', '9']);
  });

  it('tells of what a transaction of two phases did when it is committed, and only then', async () => {
    const table = await people(3);
    await using connector = openOn(fixture(), table, opening);
    const prepare = async (xid: string, change: string, end = ''): Promise<void> => {
      await using session = await fixture().openSession();
      await session.execute(`XA START ${xid}`);
      await session.execute(change);
      await session.execute(`XA END ${xid}`);
      await session.execute(end === '' ? `XA PREPARE ${xid}` : end);
    };
    const follower = await Follower.start(connector);
    await prepare(`'a','b',7`, `UPDATE ${table} SET mail = 'xa' WHERE id IN (1, 3)`);
    await prepare(`'back'`, `INSERT INTO ${table} VALUES (5, 'x', 'h')`);
    await prepare(`'one'`, `UPDATE ${table} SET mail = 'one' WHERE id = 2`, `XA COMMIT 'one' ONE PHASE`);
    await write(`INSERT INTO ${table} VALUES (7, 'm', 'h')`);
    await follower.follow(connector, () => follower.records.has('7'));
    expect(['1', '2', '3'].map((id) => mailOf(follower, id))).toEqual(['m', 'one', 'm']);
    const head = await feedOf(connector).head(never);
    await write(`XA COMMIT 'a','b',7`);
    await write(`XA ROLLBACK 'back'`);
    await write(`INSERT INTO ${table} VALUES (8, 'm', 'h')`);
    // A reader that begins in between does not know what was prepared.
    await expect(hear(connector, head, isKey('8'))).resolves.toEqual(['reset', '8']);
    const before = await Follower.start(connector);
    await prepare(`'a','b',7`, `DELETE FROM ${table} WHERE id = 3`);
    await write(`XA COMMIT 'a','b',7`);
    await write(`INSERT INTO ${table} VALUES (9, 'm', 'h')`);
    await before.follow(connector, () => before.records.has('9'));
    expect(before.resets).toBe(0);
    expect(before.state()).toEqual(stateOf(await readAll(connector, 50)));
  });
}
