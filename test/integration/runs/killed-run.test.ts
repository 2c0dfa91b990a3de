import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { killWhen } from '../../support/kill-run.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  await aProvider(world, {
    password: {
      column: 'pw_hash',
      format: 'auto',
      onboarding: 'pre-registration',
      writeBack: { enabled: true, set: {}, conflict: 'newest' },
    },
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

async function request(): Promise<string> {
  const cause = { kind: 'operator' as const, name: 'test' };
  return (await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause })).runId;
}

async function finish(runId: string): Promise<ListedRun> {
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return await showRun(world.context, runId);
}

async function count(sql: string): Promise<number> {
  const [row] = await world.context.store.read.query<{ count: number }[]>(`SELECT count(*)::int FROM ${sql}`);
  return row!.count;
}

describe('a run whose worker is killed', () => {
  it('goes on where it stopped, in every phase, and does everything once', async () => {
    await world.source.query(people(20_000));
    const first = await request();
    await killWhen(world, first, (run) => run.counters.read >= 4_000);
    await killWhen(world, first, (run) => run.counters.read >= 10_000);
    const imported = await finish(first);
    expect(imported).toMatchObject({
      state: 'done',
      counters: { read: 20_000, created: 20_000, emails: 20_000 },
    });
    expect(await count('profiles')).toBe(20_000);
    expect(await count('(SELECT DISTINCT profile_id FROM emails)')).toBe(20_000);
    expect(await count('emails')).toBe(20_000);
    expect(await count(`profile_events WHERE kind = 'created'`)).toBe(20_000);

    await world.source.query(
      `UPDATE people SET dept = 'Moved' WHERE id % 2 = 0; DELETE FROM people WHERE id > 19000`,
    );
    const second = await request();
    await killWhen(world, second, (run) => run.state === 'planning' && run.counters.read >= 6_000);
    expect(await finish(second)).toMatchObject({
      state: 'held',
      counters: { read: 19_000, updated: 9_500, disabled: 1_000 },
    });
    expect(await count(`profiles WHERE attributes->>'department' = 'Moved'`)).toBe(0);

    await approveRun(world.context, { runId: second, actor: 'test' });
    await killWhen(world, second, (run) => run.state === 'applying' && run.counters.applied >= 3_000);
    expect(await finish(second)).toMatchObject({ state: 'done', counters: { applied: 10_500, skipped: 0 } });
    expect(await count(`profiles WHERE attributes->>'department' = 'Moved'`)).toBe(9_500);
    expect(await count('profiles WHERE enabled')).toBe(19_000);
    expect(await count(`profile_events WHERE kind = 'updated'`)).toBe(9_500);
    expect(await count('emails')).toBe(20_000);
  });
});
