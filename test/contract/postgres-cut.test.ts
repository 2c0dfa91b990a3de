import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { waitFor } from '../support/wait-for.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { makeTable, never, openOn, readAll, type ConnectorFixture, type Opening } from './fixture.ts';
import { feedOf, Follower, stateOf } from './follower.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text';
/** So long a silence is enough here; what a server says on time it says in less on the slowest machine. */
const PATIENCE = { silenceMs: 5_000, idleMs: 300 };

describe('a road to PostgreSQL that breaks', () => {
  let fixture: ConnectorFixture;
  let proxy: TcpProxy;
  let opened: Connector[] = [];

  beforeAll(async () => {
    fixture = await openPostgresFixture();
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const { port } = fixture.connection as { port: number };
    proxy = await startTcpProxy(port);
  });
  afterEach(async () => {
    proxy.recover();
    for (const connector of opened) await connector[Symbol.asyncDispose]();
    opened = [];
    await proxy[Symbol.asyncDispose]();
  });

  async function setUp(changes: Opening['changes'], rows: readonly string[] = []) {
    const table = await makeTable(fixture, COLUMNS, rows);
    const opening = { name: `cut-${table.replaceAll('_', '-')}`, ...(changes && { changes }) };
    const direct = openOn(fixture, table, opening);
    opened.push(direct);
    const absent = ((await direct.traces?.list(never)) ?? []).filter(({ state }) => state === 'absent');
    for (const { kind, remedy } of absent.toReversed()) if (kind !== 'slot') await fixture.execute(remedy);
    const tools = { ...fixture.tools, patience: PATIENCE };
    const connector = openOn({ ...fixture, tools }, table, { ...opening, connection: { port: proxy.port } });
    opened.push(connector);
    return { table, connector, direct };
  }

  it('in the middle of a large transaction of the log: nothing is lost, and nothing half believed', async () => {
    const { table, connector, direct } = await setUp({ mode: 'replication' }, ["(1, 'a', 'h')"]);
    const follower = await Follower.start(connector);
    await fixture.execute(`INSERT INTO ${table} SELECT n, 'large', 'h' FROM generate_series(2, 12000) AS n`);
    // Some 60 bytes a record: the cut falls after the first pieces were told and before the end was.
    proxy.cutAfter(300_000);
    const whole = (): boolean => follower.records.size === 12_000;
    await expect(follower.follow(connector, whole)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(proxy.cuts()).toBeGreaterThan(0);
    expect(follower.records.size).toBeGreaterThan(1);
    expect(follower.records.size).toBeLessThan(12_000);
    proxy.cutAfter(null);
    const before = follower.heard.length;
    await follower.follow(connector, whole);
    // From its beginning: the checkpoint stands where it stood.
    expect(follower.heard.length - before).toBeGreaterThanOrEqual(11_999);
    expect(follower.state()).toEqual(stateOf(await readAll(direct, 5_000)));
    await feedOf(connector).acknowledge(follower.checkpoint, never);
    await direct.traces?.remove(never);
  });

  it('is not left behind when it is we who cannot log in', async () => {
    // The driver refuses to answer the server with it.
    const connector = openOn(fixture, 'people', { password: '', connection: { port: proxy.port } });
    opened.push(connector);
    await expect(connector.records.count(never)).rejects.toMatchObject({ code: 'SOURCE_LOGIN_REFUSED' });
    // A server waits a minute before it gives up on a login.
    await waitFor(() => proxy.ends() === 0, 30_000);
  });

  it('in the middle of a poll: it goes on from the last page', async () => {
    const { table, connector, direct } = await setUp({ mode: 'poll' }, ["(1, 'a', 'h')"]);
    const follower = await Follower.start(connector);
    await fixture.execute(
      `INSERT INTO ${table} SELECT n, repeat('x', 100), 'h' FROM generate_series(2, 3000) AS n`,
    );
    proxy.cutAfter(200_000);
    await expect(follower.poll(connector)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    const pages = follower.records.size;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(3_000);
    proxy.cutAfter(null);
    const before = follower.heard.length;
    await follower.poll(connector);
    expect(follower.heard.length - before).toBeLessThan(3_000);
    expect(follower.state()).toEqual(stateOf(await readAll(direct, 5_000)));
  });

  it('without a word, under a query, a listener and a stream: it is noticed', async () => {
    const listening = await setUp({ mode: 'listen' }, ["(1, 'a', 'h')"]);
    const logging = await setUp({ mode: 'replication' }, ["(1, 'a', 'h')"]);
    const followers = [await Follower.start(listening.connector), await Follower.start(logging.connector)];
    let heard = 0;
    const following = [listening, logging].map(async ({ connector }, at) => {
      await followers[at]?.follow(connector, () => {
        heard += 1;
        return false;
      });
    });
    const ended = following.map((one) => expect(one).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' }));
    await waitFor(() => heard >= 2);
    proxy.goSilent();
    const asking = listening.connector.records.count(never);
    await expect(asking).rejects.toMatchObject({
      code: expect.stringMatching(/^SOURCE_(TIMEOUT|UNREACHABLE)$/),
    });
    await Promise.all(ended);
    proxy.recover();
    for (const { table } of [listening, logging])
      await fixture.execute(`INSERT INTO ${table} VALUES (2, 'meanwhile', 'h')`);
    for (const [at, { connector }] of [listening, logging].entries())
      await followers[at]?.follow(connector, () => followers[at]?.records.has('2') === true);
    await logging.direct.traces?.remove(never);
  });

  it('is not taken for broken while the server is at work for us and cannot answer', async () => {
    const { table, connector, direct } = await setUp({ mode: 'replication' }, ["(1, 'a', 'h')"]);
    const follower = await Follower.start(connector);
    let listening: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => (listening = resolve));
    const following = follower.follow(connector, () => {
      listening();
      return follower.records.has('2');
    });
    await ready;
    await using locking = await fixture.openSession!();
    await locking.execute('BEGIN; LOCK TABLE pg_publication IN ACCESS EXCLUSIVE MODE');
    await fixture.execute(`ALTER TABLE ${table} ADD more text; INSERT INTO ${table} VALUES (2, 'b', 'h')`);
    // Twice as long as it takes to ask on another connection whether the server is at work.
    await sleep(PATIENCE.silenceMs);
    await locking.execute('ROLLBACK');
    await following;
    await direct.traces?.remove(never);
  });
});
