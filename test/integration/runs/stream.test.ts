import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFollowers } from '../../../jobs/followers.ts';
import { pauseProvider, resumeProvider } from '../../../src/app/providers/pause-provider.ts';
import { removeProvider } from '../../../src/app/providers/remove-provider.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { readFollower } from '../../../src/store/followers/read-follower.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { LOG } from '../../support/log-feed.ts';
import { waitFor } from '../../support/wait-for.ts';

let world: World;
let followers: AsyncDisposable[] = [];

beforeEach(async () => {
  world = await createWorld(PEOPLE + LOG);
  await aProvider(world, {
    changes: { mode: 'replication' },
    safeguards: {
      deletions: { count: 5, percent: 100, floor: 2 },
      changes: { percent: 50, floor: 100 },
      emails: 10,
    },
  });
});
afterEach(async () => {
  for (const each of followers) await each[Symbol.asyncDispose]();
  followers = [];
  await world[Symbol.asyncDispose]();
});

function follow(): void {
  followers.push(startFollowers(world.context));
}

async function column<T = unknown>(sql: string): Promise<T[]> {
  const rows = await world.context.store.read.query<Record<string, T>[]>(sql);
  return rows.map((row) => Object.values(row)[0]!);
}

/** Carries out full runs that wait, as workers would. */
async function work(): Promise<void> {
  for (const id of await column<string>(`SELECT id FROM runs WHERE state = 'queued' ORDER BY created_at`))
    await carryOutRun(world.context, id, { owner: newId(), signal: new AbortController().signal });
}

async function until(sql: string, expected: unknown): Promise<void> {
  await waitFor(async () => JSON.stringify(await column(sql)) === JSON.stringify([expected]), 20_000);
}

/** Follows, and has the first full run behind it. */
async function start(count: number): Promise<void> {
  await world.source.query(people(count));
  follow();
  await until(`SELECT count(*)::int FROM runs WHERE kind = 'full' AND state = 'queued'`, 1);
  await work();
}

const MOVED = `SELECT count(*)::int FROM profiles WHERE attributes->>'department' = 'Moved'`;
const HELD = `SELECT count(*)::int FROM runs WHERE kind = 'stream' AND state = 'held'`;
const ENABLED = `SELECT count(*)::int FROM profiles WHERE enabled`;

describe('a stream', () => {
  it('is followed as it happens, after a full run that it asked for itself', async () => {
    await start(10);
    await world.source.query(`UPDATE people SET dept = 'Moved' WHERE id < 4`);
    await until(MOVED, 3);
    await world.source.query('DELETE FROM people WHERE id = 1');
    await until(ENABLED, 9);
    const [runs] = await column<number>(
      `SELECT count(*)::int FROM runs WHERE kind = 'stream' AND state <> 'done'`,
    );
    expect(runs).toBe(0);
    await until(`SELECT checkpoint FROM providers`, 'log/1:17');
    await waitFor(
      async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'following',
    );
    expect(await readFollower(world.context.store.read, 'acme-hr')).toMatchObject({
      reason: null,
      lagSeconds: 0,
    });
  });

  it('stages a large transaction in the store, guards it whole, and goes on after the approval', async () => {
    await start(2_500);
    await world.source.query('DELETE FROM people WHERE id > 100');
    await until(HELD, 1);
    expect(await column(ENABLED)).toEqual([2_500]);
    await world.source.query(`UPDATE people SET dept = 'Moved' WHERE id = 1`);
    await waitFor(async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'waiting');
    expect(await column(MOVED)).toEqual([0]);
    const [held] = await column<string>(`SELECT id FROM runs WHERE state = 'held'`);
    await approveRun(world.context, { runId: held!, actor: 'test' });
    await until(ENABLED, 100);
    await until(MOVED, 1);
  });

  it('is held when it deletes too many within the hour, however small the pieces', async () => {
    await start(20);
    for (const [id, left] of [
      [1, 18],
      [3, 16],
    ] as const) {
      await world.source.query(`DELETE FROM people WHERE id BETWEEN ${id} AND ${id + 1}`);
      await until(ENABLED, left);
    }
    await world.source.query('DELETE FROM people WHERE id BETWEEN 5 AND 6');
    await until(HELD, 1);
    expect(await column(ENABLED)).toEqual([16]);
  });

  it('gives way to a full run, and finds what came meanwhile', async () => {
    await start(5);
    const { runId } = await requestRun(world.context, {
      provider: 'acme-hr',
      kind: 'full',
      cause: { kind: 'operator', name: 'test' },
    });
    await world.source.query(`UPDATE people SET dept = 'Moved'`);
    await waitFor(async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'waiting');
    expect(await column(`SELECT state FROM runs WHERE id = '${runId}'`)).toEqual(['queued']);
    await work();
    await until(MOVED, 5);
    await world.source.query(`UPDATE people SET dept = 'Again'`);
    await until(MOVED, 0);
  });

  it('asks for a full run when its history is lost', async () => {
    await start(3);
    await world.source.query('TRUNCATE people');
    await world.source.query(people(2));
    await until(`SELECT count(*)::int FROM runs WHERE kind = 'full' AND state = 'queued'`, 1);
    expect(await column(`SELECT detail->>'code' FROM provider_events WHERE kind = 'history-lost'`)).toEqual([
      'SOURCE_HISTORY_LOST',
    ]);
    expect(await column(`SELECT last_error_code FROM providers`)).toEqual(['SOURCE_HISTORY_LOST']);
    await work();
    await until(ENABLED, 2);
    await world.source.query(people(1, 3));
    await until(ENABLED, 3);
  });

  it('stops when it is paused and goes on when it is resumed', async () => {
    await start(3);
    await waitFor(
      async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'following',
    );
    await pauseProvider(world.context, { name: 'acme-hr', actor: 'test' });
    await until(`SELECT owner IS NULL FROM followers`, true);
    await world.source.query(`UPDATE people SET dept = 'Moved'`);
    await resumeProvider(world.context, { name: 'acme-hr', actor: 'test' });
    await until(MOVED, 3);
  });

  it('is followed by one process of many, and by another when that one stops', async () => {
    await start(3);
    follow();
    await waitFor(
      async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'following',
    );
    await followers.shift()![Symbol.asyncDispose]();
    await world.source.query(`UPDATE people SET dept = 'Moved'`);
    await until(MOVED, 3);
  });

  it('ends with its provider', async () => {
    await start(3);
    await waitFor(
      async () => (await readFollower(world.context.store.read, 'acme-hr'))?.state === 'following',
    );
    await removeProvider(world.context, { name: 'acme-hr', people: 'keep', actor: 'test' });
    await world.source.query(`UPDATE people SET dept = 'Moved'`);
    await followers.shift()![Symbol.asyncDispose]();
    expect(await column(MOVED)).toEqual([0]);
    expect(await column('SELECT count(*)::int FROM runs')).toEqual([0]);
  });
});
