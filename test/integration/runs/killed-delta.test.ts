import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { killWhen } from '../../support/kill-run.ts';
import { LOG } from '../../support/log-feed.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld(PEOPLE + LOG);
  await aProvider(world, {
    changes: { mode: 'poll' },
    safeguards: {
      deletions: { count: 10, percent: 1, floor: 1 },
      changes: { percent: 100, floor: 100 },
      emails: 50_000,
    },
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function request(kind: 'full' | 'delta'): Promise<string> {
  const cause = { kind: 'operator' as const, name: 'test' };
  return (await requestRun(world.context, { provider: 'acme-hr', kind, cause })).runId;
}

async function finish(runId: string): Promise<ListedRun> {
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return await showRun(world.context, runId);
}

async function value(sql: string): Promise<unknown> {
  const [row] = await world.context.store.read.query<Record<string, unknown>[]>(`SELECT ${sql} AS value`);
  return row!['value'];
}

const CHECKPOINT = `(SELECT checkpoint FROM providers)`;

describe('a delta run whose worker is killed', () => {
  it('goes on where it stopped, in every phase, and the checkpoint moves with the last change', async () => {
    await world.source.query(people(9_000));
    await finish(await request('full'));
    expect(await value(CHECKPOINT)).toBe('log/1:9000');

    await world.source.query(`UPDATE people SET dept = 'Moved' WHERE id % 2 = 0`);
    await world.source.query('DELETE FROM people WHERE id > 8000');
    const delta = await request('delta');
    const staged = `(SELECT count(*)::int FROM run_seen)`;
    await killWhen(world, delta, (run) => run.state === 'planning' && run.expected === null);
    await killWhen(world, delta, (run) => run.expected !== null && run.counters.read >= 1_000);
    expect(await value(staged)).toBe(5_000);
    expect(await finish(delta)).toMatchObject({
      state: 'held',
      counters: { read: 4_000, updated: 4_000, disabled: 1_000 },
    });
    expect(await value(CHECKPOINT)).toBe('log/1:9000');

    await approveRun(world.context, { runId: delta, actor: 'test' });
    await killWhen(world, delta, (run) => run.state === 'applying' && run.counters.applied >= 2_000);
    expect(await value(CHECKPOINT)).toBe('log/1:9000');
    expect(await finish(delta)).toMatchObject({ state: 'done', counters: { applied: 5_000, skipped: 0 } });
    expect(await value(CHECKPOINT)).toBe('log/1:19000');
    expect(
      await value(
        `(SELECT count(*)::int FROM profiles WHERE attributes->>'department' = 'Moved' AND enabled)`,
      ),
    ).toBe(4_000);
    expect(await value(`(SELECT count(*)::int FROM profile_events WHERE kind = 'updated')`)).toBe(4_000);
    expect(await value(`(SELECT count(*)::int FROM profile_events WHERE kind = 'disabled')`)).toBe(1_000);
  });
});
