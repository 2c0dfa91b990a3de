import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector, Finding } from '../../connectors/contract/connector.ts';
import { ConnectorError } from '../../connectors/contract/errors.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { waitFor } from '../support/wait-for.ts';
import { makeTable, never, openOn, readAll, type ConnectorFixture, type Opening } from './fixture.ts';
import { feedOf, Follower, stateOf } from './follower.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text';
const MIB = 1024 * 1024;

const codes = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity !== 'ok').map(({ code }) => code);

/** What a server does that is restarted, runs out of room, or fails over: on one of our own, of which nobody else knows. */
describe('a PostgreSQL server with a life of its own', () => {
  let server: PostgresServer;
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    server = await startPostgres({
      max_slot_wal_keep_size: '12MB',
      max_wal_size: '8MB',
      min_wal_size: '2MB',
    });
    fixture = await openPostgresFixture(server);
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  async function install(connector: Connector): Promise<void> {
    const absent = ((await connector.traces?.list(never)) ?? []).filter(({ state }) => state === 'absent');
    for (const { kind, remedy } of absent.toReversed()) if (kind !== 'slot') await fixture.execute(remedy);
  }

  async function setUp(changes: NonNullable<Opening['changes']>, rows: readonly string[] = []) {
    const table = await makeTable(fixture, COLUMNS, rows);
    const opening = { name: `own-${table.replaceAll('_', '-')}`, changes };
    const connector = openOn(
      { ...fixture, tools: { ...fixture.tools, patience: { silenceMs: 9_000, idleMs: 100 } } },
      table,
      opening,
    );
    await install(connector);
    return { table, connector, opening, slot: `tributary_own_${table}` };
  }

  /** Writes so much into the log, as other applications of the server would. */
  async function fillLog(mebibytes: number): Promise<void> {
    for (let n = 0; n < mebibytes; n += 1)
      await fixture.execute(`SELECT pg_logical_emit_message(false, 'other', repeat('x', ${String(MIB)}))`);
    await fixture.execute('SELECT pg_switch_wal()');
    await fixture.execute('CHECKPOINT');
  }

  /** Follows as a worker does: what may be tried again is. */
  async function followOn(
    connector: Connector,
    follower: Follower,
    how: { readonly enough: () => boolean; readonly between?: () => Promise<void> },
  ): Promise<void> {
    while (!how.enough())
      try {
        if (feedOf(connector).delivery === 'stream')
          await follower.follow(connector, how.enough, how.between);
        else await follower.poll(connector, how.between);
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.advice.action !== 'retry') throw error;
        await waitFor(async () => await server.query('SELECT 1').catch(() => null));
      }
  }

  it.each(['poll', 'listen', 'replication'] as const)(
    'is followed by %s over a restart and over a crash, in mid-transaction and in mid-pass',
    async (mode) => {
      const { table, connector } = await setUp({ mode }, ["(1, 'a', 'h')"]);
      await using _ = connector;
      const follower = await Follower.start(connector);
      for (const [round, signal] of (['SIGINT', 'SIGQUIT'] as const).entries()) {
        const last = String(4_000 * (round + 1));
        await fixture.execute(
          `INSERT INTO ${table} SELECT n, 'round', 'h' FROM generate_series(${String(4_000 * round + 2)}, ${last}) AS n`,
        );
        let restarting: Promise<void> | null = null;
        // A server that ends in order sends a reader of its log everything first: such a reader must not wait for it.
        const patient = mode === 'replication' && signal === 'SIGINT';
        const between = async (): Promise<void> => {
          // Once the first page or piece is in: the rest is still to come.
          if (restarting !== null || !follower.records.has(String(4_000 * round + 2))) return;
          restarting = server.restart(signal);
          if (!patient) await restarting;
        };
        const enough = (): boolean => follower.records.has(last);
        await followOn(connector, follower, { enough, between });
        await Promise.resolve(restarting);
      }
      await fixture.execute(`UPDATE ${table} SET mail = 'at the end' WHERE id = 7`);
      await followOn(connector, follower, {
        enough: () => follower.records.get('7')?.values['mail'] === 'at the end',
      });
      expect(follower.state()).toEqual(stateOf(await readAll(connector, 5_000)));
      await connector.traces?.remove(never);
    },
  );

  it('lets go of the log while our table is idle and others are written', async () => {
    const { connector } = await setUp({ mode: 'replication' });
    await using _ = connector;
    const kept = async (): Promise<number> =>
      (await connector.traces?.list(never))?.find(({ kind }) => kind === 'slot')?.retainedBytes ?? 0;
    const follower = await Follower.start(connector);
    await fillLog(5);
    expect(await kept()).toBeGreaterThan(4 * MIB);
    let small = false;
    await follower.follow(
      connector,
      () => small,
      async () => {
        await feedOf(connector).acknowledge(follower.checkpoint, never);
        // The server notes what it can let go of, and does.
        await fixture.execute('CHECKPOINT');
        small = (await kept()) < 2 * MIB;
      },
    );
    expect(follower.heard).toEqual([]);
    await connector.traces?.remove(never);
  });

  it('warns at half of what the server keeps for a slot, and says that it was lost when that was passed', async () => {
    const { table, connector } = await setUp({ mode: 'replication' }, ["(1, 'a', 'h')"]);
    await using _ = connector;
    const follower = await Follower.start(connector);
    expect(codes(await connector.check(never))).not.toContain('SLOT_FILLING');
    await fillLog(7);
    expect(codes(await connector.check(never))).toContain('SLOT_FILLING');
    await fixture.execute(`INSERT INTO ${table} VALUES (2, 'unheard', 'h')`);
    await fillLog(16);
    const findings = await connector.check(never);
    expect(codes(findings)).toContain('SLOT_LOST');
    expect(findings.find(({ code }) => code === 'SLOT_LOST')?.remedy).toContain('pg_drop_replication_slot');
    expect(await connector.traces?.list(never)).toContainEqual(
      expect.objectContaining({ kind: 'slot', state: 'broken', limitBytes: 12 * MIB }),
    );
    await expect(follower.follow(connector, () => false)).rejects.toMatchObject({
      code: 'SOURCE_HISTORY_LOST',
      advice: { action: 'resnapshot' },
    });
    await expect(feedOf(connector).acknowledge(follower.checkpoint, never)).resolves.toBeUndefined();
    const again = await Follower.start(connector);
    expect(again.records.has('2')).toBe(true);
    await fixture.execute(`UPDATE ${table} SET mail = 'heard' WHERE id = 2`);
    await again.follow(connector, () => again.records.get('2')?.values['mail'] === 'heard');
    expect(codes(await connector.check(never))).not.toContain('SLOT_LOST');
    await connector.traces?.remove(never);
  });

  it('tells a backup and a standby that took over from the server that they were copied from', async () => {
    const polling = await setUp({ mode: 'poll' }, ["(1, 'a', 'h')"]);
    const logging = await setUp({ mode: 'replication' }, ["(1, 'a', 'h')"]);
    await using _ = polling.connector;
    await using _log = logging.connector;
    await using backup = await server.copy('backup');
    await using standby = await server.copy('standby');
    const followers = [
      await Follower.start(polling.connector),
      await Follower.start(logging.connector),
    ] as const;
    await fixture.execute(`UPDATE ${polling.table} SET mail = 'b'; UPDATE ${logging.table} SET mail = 'b'`);
    await followers[0].poll(polling.connector);
    await followers[1].follow(logging.connector, () => followers[1].records.get('1')?.values['mail'] === 'b');
    const on = ({ port }: PostgresServer, { table, opening }: typeof polling): Connector =>
      openOn(fixture, table, { ...opening, connection: { port } });
    const lost = { code: 'SOURCE_HISTORY_LOST' };

    await using polledBackup = on(backup, polling);
    await expect(followers[0].poll(polledBackup)).rejects.toMatchObject(lost);
    await using loggedBackup = on(backup, logging);
    await expect(followers[1].follow(loggedBackup, () => false)).rejects.toMatchObject(lost);
    const database = (fixture.connection as { database: string }).database;
    const makeSlot = `SELECT pg_create_logical_replication_slot('${logging.slot}', 'pgoutput')`;
    await backup.query(makeSlot, database);
    await expect(followers[1].follow(loggedBackup, () => false)).rejects.toMatchObject({
      ...lost,
      message: expect.stringContaining('restored'),
    });

    await using polledStandby = on(standby, polling);
    await using loggedStandby = on(standby, logging);
    const findings = await loggedStandby.check(never);
    const refused = findings.filter(({ code }) => code === 'SOURCE_IS_STANDBY');
    expect(refused.map(({ step, severity }) => `${step} ${severity}`)).toEqual([
      'changes error',
      'write-back error',
    ]);
    const polled = await Follower.start(polledStandby);
    await fixture.execute(`UPDATE ${polling.table} SET mail = 'c'`);
    await waitFor(async () => {
      await polled.poll(polledStandby);
      return polled.records.get('1')?.values['mail'] === 'c';
    });

    await standby.query('SELECT pg_promote()');
    await expect(polled.poll(polledStandby)).rejects.toMatchObject(lost);
    await expect(followers[1].follow(loggedStandby, () => false)).rejects.toMatchObject(lost);
    // As tools do that copy slots to a standby.
    await standby.query(makeSlot, database);
    await standby.query(`UPDATE ${logging.table} SET mail = 'd'`, database);
    await expect(followers[1].follow(loggedStandby, () => false)).rejects.toMatchObject(lost);
    const afterwards = await Follower.start(loggedStandby);
    await standby.query(`UPDATE ${logging.table} SET mail = 'e'`, database);
    await afterwards.follow(loggedStandby, () => afterwards.records.get('1')?.values['mail'] === 'e');
    await logging.connector.traces?.remove(never);
  });
});
