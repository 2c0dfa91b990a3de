import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removeProvider } from '../../../src/app/providers/remove-provider.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun, type RunRequest } from '../../../src/app/runs/request-run.ts';
import { listRunRecords, showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { ProviderEntity, type ProviderRow } from '../../../src/store/entities/directory.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { LOG } from '../../support/log-feed.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld(PEOPLE + LOG);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const cause = { kind: 'operator' as const, name: 'test' };

async function run(kind: RunRequest['kind'], over: Partial<RunRequest> = {}): Promise<ListedRun> {
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind, cause, ...over });
  return await carryOn(runId);
}

async function carryOn(runId: string): Promise<ListedRun> {
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return await showRun(world.context, runId);
}

async function provider(): Promise<ProviderRow> {
  return await world.context.store.read.findOneByOrFail(ProviderEntity, { name: 'acme-hr' });
}

async function column<T>(sql: string): Promise<T[]> {
  const rows = await world.context.store.read.query<Record<string, T>[]>(sql);
  return rows.map((row) => Object.values(row)[0]!);
}

async function acknowledged(): Promise<string> {
  const [row] = await world.source.query('SELECT upto::text AS upto FROM people_acknowledged');
  return `log/1:${String(row!['upto'])}`;
}

describe('a delta run', () => {
  it('reads what changed since the full run began, and moves the checkpoint with it', async () => {
    await aProvider(world, { changes: { mode: 'poll' } });
    await world.source.query(people(20));
    expect(await run('full')).toMatchObject({ state: 'done', counters: { created: 20 } });
    expect((await provider()).checkpoint).toBe('log/1:20');

    await world.source.query(`UPDATE people SET dept = 'Moved' WHERE id = 3`);
    await world.source.query('DELETE FROM people WHERE id = 4');
    await world.source.query('UPDATE people SET id = 105 WHERE id = 5');
    await world.source.query(people(1, 21));
    expect(await run('delta')).toMatchObject({
      kind: 'delta',
      state: 'done',
      counters: { read: 3, updated: 1, disabled: 2, errors: 1, created: 1 },
    });
    expect(await column(`SELECT username FROM profiles WHERE attributes->>'department' = 'Moved'`)).toEqual([
      'user3',
    ]);
    expect(await column(`SELECT username FROM profiles WHERE NOT enabled ORDER BY 1`)).toEqual([
      'user4',
      'user5',
    ]);
    expect((await provider()).checkpoint).toBe(await acknowledged());

    expect(await run('delta')).toMatchObject({ state: 'done', counters: { read: 0 } });
  });

  it('plans a dry run and stays where it was', async () => {
    await aProvider(world, { changes: { mode: 'poll' } });
    await world.source.query(people(3));
    await run('full');
    await world.source.query('DELETE FROM people WHERE id = 2');
    const dry = await run('delta', { dryRun: true });
    expect(dry).toMatchObject({ state: 'done', counters: { disabled: 1 } });
    const records = await listRunRecords(world.context, dry.id, { after: null, limit: 10 });
    expect(records).toMatchObject([{ recordKey: '2', action: 'disable', state: 'planned' }]);
    expect(await column('SELECT count(*)::int FROM profiles WHERE NOT enabled')).toEqual([0]);
    expect((await provider()).checkpoint).toBe('log/1:3');
    expect(await run('delta')).toMatchObject({ counters: { disabled: 1 } });
  });

  it('is held for the whole change set, moves nothing meanwhile, and does what was shown', async () => {
    await aProvider(world, {
      changes: { mode: 'poll' },
      safeguards: {
        deletions: { count: 10, percent: 50, floor: 2 },
        changes: { percent: 50, floor: 100 },
        emails: 10,
      },
    });
    await world.source.query(people(2_500));
    await run('full');
    await world.source.query('DELETE FROM people WHERE id > 1000');
    const held = await run('delta');
    expect(held).toMatchObject({
      state: 'held',
      counters: { disabled: 1_500 },
      heldReasons: [{ safeguard: 'deletions', planned: 1_500, limit: 10 }],
    });
    expect((await provider()).checkpoint).toBe('log/1:2500');
    await approveRun(world.context, { runId: held.id, actor: 'test' });
    expect(await carryOn(held.id)).toMatchObject({ state: 'done', counters: { applied: 1_500 } });
    expect((await provider()).checkpoint).toBe('log/1:4000');
  });

  it('counts what trickled in within the hour, each person once, until somebody approved', async () => {
    await aProvider(world, {
      changes: { mode: 'poll' },
      safeguards: {
        deletions: { count: 10, percent: 100, floor: 3 },
        changes: { percent: 50, floor: 100 },
        emails: 10,
      },
    });
    await world.source.query(people(100));
    await run('full');
    for (let first = 1; first <= 9; first += 3) {
      await world.source.query(`DELETE FROM people WHERE id BETWEEN ${first} AND ${first + 2}`);
      expect((await run('delta')).state).toBe('done');
    }
    await world.source.query('DELETE FROM people WHERE id BETWEEN 10 AND 12');
    const held = await run('delta');
    expect(held).toMatchObject({ state: 'held', heldReasons: [{ planned: 12, limit: 10 }] });
    await approveRun(world.context, { runId: held.id, actor: 'test' });
    await carryOn(held.id);
    await world.source.query('DELETE FROM people WHERE id = 13');
    expect((await run('delta')).state).toBe('done');
  });

  it('finds what changed while a full run was reading', async () => {
    await aProvider(world, { changes: { mode: 'poll' } });
    await world.source.query(people(10));
    const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
    const opened = world.context.openProvider;
    const meanwhile = {
      ...world.context,
      openProvider: async (...about: Parameters<typeof opened>) => {
        const connector = await opened(...about);
        const page: typeof connector.records.page = async (...request) => {
          const read = await connector.records.page(...request);
          await world.source.query(`UPDATE people SET dept = 'Late' WHERE id = 1`);
          return read;
        };
        return { ...connector, records: { ...connector.records, page } };
      },
    };
    await carryOutRun(meanwhile, runId, { owner: newId(), signal: new AbortController().signal });
    expect(
      await column(`SELECT count(*)::int FROM profiles WHERE attributes->>'department' = 'Late'`),
    ).toEqual([0]);
    await run('delta');
    expect(
      await column(`SELECT count(*)::int FROM profiles WHERE attributes->>'department' = 'Late'`),
    ).toEqual([1]);
  });

  it('writes nothing more when its provider is removed on the way', async () => {
    await aProvider(world, { changes: { mode: 'poll' } });
    await world.source.query(people(3));
    await run('full');
    await world.source.query(`UPDATE people SET dept = 'Moved'`);
    const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'delta', cause });
    const opened = world.context.openProvider;
    const removing = {
      ...world.context,
      openProvider: async (...about: Parameters<typeof opened>) => {
        const connector = await opened(...about);
        const get: typeof connector.records.get = async (...request) => {
          const records = await connector.records.get(...request);
          await removeProvider(world.context, { name: 'acme-hr', people: 'keep', actor: 'test' });
          return records;
        };
        return { ...connector, records: { ...connector.records, get } };
      },
    };
    const { signal } = new AbortController();
    await expect(carryOutRun(removing, runId, { owner: newId(), signal })).rejects.toThrow();
    expect(
      await column(`SELECT count(*)::int FROM profiles WHERE attributes->>'department' = 'Moved'`),
    ).toEqual([0]);
    expect(await column('SELECT count(*)::int FROM links')).toEqual([0]);
    expect(await column(`SELECT count(*)::int FROM outbox WHERE state = 'pending'`)).toEqual([0]);
  });

  it('asks for a full run, loudly, when there is nothing to go on from', async () => {
    await aProvider(world, { changes: { mode: 'poll' } });
    await world.source.query(people(5));
    expect(await run('delta')).toMatchObject({ state: 'failed', errorCode: 'CHECKPOINT_MISSING' });
    expect(await provider()).toMatchObject({ lastErrorCode: 'CHECKPOINT_MISSING' });
    const [full] = await column<string>(`SELECT id FROM runs WHERE kind = 'full' AND state = 'queued'`);
    expect(await column('SELECT detail FROM provider_events')).toEqual([
      { code: 'CHECKPOINT_MISSING', fullRun: full },
    ]);
    expect(await carryOn(full!)).toMatchObject({ state: 'done', counters: { created: 5 } });
    expect(await provider()).toMatchObject({ lastErrorCode: null, checkpoint: 'log/1:5' });

    await world.source.query(`TRUNCATE people`);
    expect(await run('delta')).toMatchObject({ state: 'failed', errorCode: 'SOURCE_HISTORY_LOST' });
    expect(await column(`SELECT count(*)::int FROM profiles WHERE enabled`)).toEqual([5]);
    const [again] = await column<string>(`SELECT id FROM runs WHERE kind = 'full' AND state = 'queued'`);
    expect(await carryOn(again!)).toMatchObject({ state: 'held', heldReasons: [{ safeguard: 'empty' }] });
  });

  it('does not take a position of another feed for one of its own', async () => {
    const id = await aProvider(world, { changes: { mode: 'poll' } });
    await world.context.store.read.update(ProviderEntity, { id }, { checkpoint: 'other/1:7' });
    expect(await run('delta')).toMatchObject({ state: 'failed', errorCode: 'CHECKPOINT_FOREIGN' });
    expect(await column(`SELECT count(*)::int FROM runs WHERE kind = 'full' AND state = 'queued'`)).toEqual([
      1,
    ]);
  });

  it('is refused at once where nothing tells what changed, and where changes are followed anyway', async () => {
    await aProvider(world, { changes: { mode: 'none' } });
    await expect(run('delta')).rejects.toMatchObject({ code: 'FEED_MISSING' });
    await aProvider(world, { name: 'other', changes: { mode: 'replication' } });
    await expect(run('delta', { provider: 'other' })).rejects.toMatchObject({ code: 'CHANGES_FOLLOWED' });
    expect(await column('SELECT count(*)::int FROM runs')).toEqual([0]);
  });
});
