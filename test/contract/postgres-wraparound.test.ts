import { chown, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { makeTable, never, openOn, readAll, type ConnectorFixture } from './fixture.ts';
import { Follower, stateOf } from './follower.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

/** Numbers of transactions have 32 bits in rows; so many are left before they begin again. */
const LEFT = 200;
const NEAR_THE_END = 2 ** 32 - LEFT;
/** pg_xact keeps two bits a transaction, in files of 32 pages of 8 KiB. */
const FILE_BYTES = 32 * 8_192;
const FILE_TRANSACTIONS = FILE_BYTES * 4;

describe('a PostgreSQL server whose transaction numbers begin again', () => {
  let server: PostgresServer;
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    server = await startPostgres({ autovacuum: 'off' });
    await server.query(`UPDATE pg_database SET datallowconn = true WHERE datname = 'template0'`);
    // What is frozen is seen by every transaction, whatever its number.
    for (const database of ['template0', 'template1', 'postgres'])
      await server.query('VACUUM FREEZE', database);
    await server.whileStopped(async ({ data, run }) => {
      await run('pg_resetwal', ['--force', '--next-transaction-id', String(NEAR_THE_END), data]);
      const name = Math.floor(NEAR_THE_END / FILE_TRANSACTIONS)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0');
      const file = path.join(data, 'pg_xact', name);
      await writeFile(file, Buffer.alloc(FILE_BYTES));
      const { uid, gid } = await stat(data);
      await chown(file, uid, gid);
    });
    fixture = await openPostgresFixture(server);
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const number = async (): Promise<bigint> => {
    const [row] = await fixture.execute('SELECT txid_current()::text AS n');
    return BigInt(String(row?.['n']));
  };

  it('is followed across the wrap, by polls and through the log', async () => {
    const columns = 'id bigint PRIMARY KEY, mail text, pw text';
    const polled = await makeTable(fixture, columns, ["(1, 'a', 'h')", "(2, 'b', 'h')"]);
    const logged = await makeTable(fixture, columns, ["(1, 'a', 'h')", "(2, 'b', 'h')"]);
    await using poll = openOn(fixture, polled, { changes: { mode: 'poll' } });
    await using log = openOn(fixture, logged, { name: 'wrap', changes: { mode: 'replication' } });
    for (const { kind, remedy } of (await log.traces?.list(never)) ?? [])
      if (kind === 'publication') await fixture.execute(remedy);
    const polling = await Follower.start(poll);
    const logging = await Follower.start(log);
    const before = await number();
    expect(before).toBeLessThan(2n ** 32n);
    await using late = await fixture.openSession!();
    await late.execute('BEGIN');
    for (const table of [polled, logged]) {
      await fixture.execute(`UPDATE ${table} SET mail = 'before the wrap' WHERE id = 1`);
      await late.execute(`UPDATE ${table} SET mail = 'across the wrap' WHERE id = 2`);
    }
    await polling.poll(poll);
    await fixture.execute(
      `DO $$ BEGIN FOR n IN 1..${String(2 * LEFT)} LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$`,
    );
    expect(await number()).toBeGreaterThan(2n ** 32n);
    for (const table of [polled, logged])
      await fixture.execute(`INSERT INTO ${table} VALUES (3, 'after the wrap', 'h')`);
    await polling.poll(poll);
    expect(polling.records.get('3')?.values['mail']).toBe('after the wrap');
    expect(polling.records.get('2')?.values['mail']).toBe('b');
    await late.execute('COMMIT');
    const heard = polling.heard.length;
    await polling.poll(poll);
    expect(polling.state()).toEqual(stateOf(await readAll(poll, 10)));
    await polling.poll(poll);
    await polling.poll(poll);
    // What stands still is not read again and again.
    expect(polling.heard.length - heard).toBeLessThan(6);
    await logging.follow(log, () => logging.records.get('2')?.values['mail'] === 'across the wrap');
    expect(logging.state()).toEqual(stateOf(await readAll(log, 10)));
    await log.traces?.remove(never);
  });
});
