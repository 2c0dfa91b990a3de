import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { startFollowers } from '../../../jobs/followers.ts';
import { passwordBinding } from '../../../src/app/providers/open-connector.ts';
import { listTraces } from '../../../src/app/providers/list-traces.ts';
import { removeProvider } from '../../../src/app/providers/remove-provider.ts';
import { showProvider } from '../../../src/app/providers/show-provider.ts';
import { watchAllTraces } from '../../../src/app/providers/watch-traces.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { ProviderEntity } from '../../../src/store/entities/directory.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { installTraces } from '../../support/install-traces.ts';
import { startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

const MIB = 1024 * 1024;
const signal = new AbortController().signal;

describe('what a PostgreSQL provider leaves at its source', () => {
  let server: PostgresServer;
  let world: World;
  beforeAll(async () => {
    server = await startPostgres({
      max_slot_wal_keep_size: '12MB',
      max_wal_size: '8MB',
      min_wal_size: '2MB',
    });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    world = await createWorld(PEOPLE, {}, server);
    await world.source.query(people(3));
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });

  async function register(name: string, mode: 'listen' | 'replication'): Promise<string> {
    const id = await aProvider(world, { name, changes: { mode } });
    await installTraces(world, name);
    return id;
  }

  async function fullRun(provider: string): Promise<void> {
    const cause = { kind: 'operator', name: 'test' } as const;
    const { runId } = await requestRun(world.context, { provider, kind: 'full', cause });
    await carryOutRun(world.context, runId, { owner: newId(), signal });
  }

  const named = (traces: readonly { kind: string; name: string; state: string }[]): readonly string[] =>
    traces.map(({ kind, name, state }) => `${kind} ${name} ${state}`);

  /** Writes so much into the log, as other applications of the server would. */
  async function fillLog(mebibytes: number): Promise<void> {
    for (let n = 0; n < mebibytes; n += 1)
      await world.source.query(`SELECT pg_logical_emit_message(false, 'other', repeat('x', ${String(MIB)}))`);
    await world.source.query('SELECT pg_switch_wal()');
    await world.source.query('CHECKPOINT');
  }

  async function eventsOf(name: string): Promise<readonly string[]> {
    return (await showProvider(world.context, name)).events.map(({ kind }) => kind);
  }

  it('is listed, watched, and dropped with the provider', async () => {
    await register('logged', 'replication');
    const slot = 'slot tributary_logged';
    expect(named((await listTraces(world.context, 'logged', signal)).traces)).toEqual([
      `${slot} absent`,
      'publication tributary_logged ready',
    ]);
    await fullRun('logged');
    await watchAllTraces(world.context);
    expect(await eventsOf('logged')).not.toContain('retention-high');
    await fillLog(7);
    const { traces } = await listTraces(world.context, 'logged', signal);
    expect(traces[0]).toMatchObject({ kind: 'slot', state: 'ready', limitBytes: 12 * MIB });
    expect(traces[0]?.retainedBytes).toBeGreaterThan(6 * MIB);
    await watchAllTraces(world.context);
    await watchAllTraces(world.context);
    expect((await eventsOf('logged')).filter((kind) => kind === 'retention-high')).toHaveLength(1);
    // Its process follows from the slot meanwhile: a slot in use cannot be dropped, so it is let go first.
    await using _followers = startFollowers(world.context);
    await waitFor(async () => {
      const [row] = await world.source.query(
        `SELECT active FROM pg_replication_slots WHERE slot_name = 'tributary_logged'`,
      );
      return row?.['active'] === true;
    });
    const { left } = await removeProvider(world.context, { name: 'logged', people: 'keep', actor: 'test' });
    expect(left).toEqual({ traces: [], failure: null });
    expect(await world.source.query('SELECT slot_name::text FROM pg_replication_slots')).toEqual([]);
    expect(await world.source.query('SELECT pubname::text FROM pg_publication')).toEqual([]);
  });

  it('is said to be left, with the SQL that drops it, where the login may not', async () => {
    const id = await register('listened', 'listen');
    const { definition } = await world.context.store.read.findOneByOrFail(ProviderEntity, { id });
    await world.source.query(`CREATE ROLE modest LOGIN PASSWORD 'modest'; GRANT SELECT ON people TO modest`);
    const connection = { ...definition.connection, user: 'modest' };
    await world.context.store.read.update(ProviderEntity, id, {
      definition: { ...definition, connection },
      password: world.context.keyring.seal(new Secret('modest'), passwordBinding(id)),
    });
    const { left } = await removeProvider(world.context, { name: 'listened', people: 'keep', actor: 'test' });
    expect(left.failure).toBeNull();
    expect(left.traces.map(({ kind }) => kind)).toEqual([
      'trigger',
      'trigger',
      'trigger',
      'trigger',
      'function',
    ]);
    for (const { remedy } of left.traces) await world.source.query(remedy);
    const count = `SELECT count(*)::int AS n FROM pg_trigger WHERE NOT tgisinternal`;
    expect(await world.source.query(count)).toEqual([{ n: 0 }]);
    await world.source.query('DROP OWNED BY modest; DROP ROLE modest');
  });

  it('cannot be dropped at a source that does not answer, and that is said', async () => {
    const id = await register('logged', 'replication');
    const { definition } = await world.context.store.read.findOneByOrFail(ProviderEntity, { id });
    const connection = { ...definition.connection, port: 1 };
    await world.context.store.read.update(ProviderEntity, id, {
      definition: { ...definition, connection },
    });
    const { left } = await removeProvider(world.context, { name: 'logged', people: 'keep', actor: 'test' });
    expect(left).toMatchObject({ traces: [], failure: { code: 'SOURCE_UNREACHABLE' } });
    await world.source.query('DROP PUBLICATION tributary_logged');
  });

  it('asks for a full run when the slot was lost, says so, and is followed again', async () => {
    await register('logged', 'replication');
    await fullRun('logged');
    await world.source.query(`UPDATE people SET dept = 'Unheard' WHERE id = 1`);
    await fillLog(30);
    const [slot] = await world.source.query('SELECT wal_status FROM pg_replication_slots');
    expect(slot).toEqual({ wal_status: 'lost' });
    await using _followers = startFollowers(world.context);
    const waiting = `SELECT id FROM runs WHERE kind = 'full' AND state = 'queued'`;
    const runId = await waitFor(
      async () => (await world.context.store.read.query<{ id: string }[]>(waiting))[0]?.id ?? null,
    );
    expect(await eventsOf('logged')).toContain('history-lost');
    expect(await showProvider(world.context, 'logged')).toMatchObject({
      lastErrorCode: 'SOURCE_HISTORY_LOST',
    });
    await carryOutRun(world.context, runId, { owner: newId(), signal });
    const departments = async (): Promise<string> => {
      const rows = await world.context.store.read.query<{ d: string }[]>(
        `SELECT attributes->>'department' AS d FROM profiles ORDER BY username`,
      );
      return rows.map(({ d }) => d).join();
    };
    expect(await departments()).toBe('Unheard,Dept2,Dept3');
    await world.source.query(`UPDATE people SET dept = 'Heard' WHERE id = 2`);
    await waitFor(async () => (await departments()) === 'Unheard,Heard,Dept3');
    await removeProvider(world.context, { name: 'logged', people: 'keep', actor: 'test' });
  });
});
