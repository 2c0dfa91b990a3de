import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun, rejectRun } from '../../../src/app/runs/decide-held-run.ts';
import { replayRun } from '../../../src/app/runs/replay-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { requestScheduledRun } from '../../../src/app/runs/request-scheduled-run.ts';
import { listRunErrors } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { createRunner, passwordRules, type Runner } from '../../support/runner.ts';

let world: World;
let runner: Runner;
const signal = new AbortController().signal;
const all = { after: null, limit: 1_000 };

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  runner = createRunner(world);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await runner.empty();
});

describe('a safeguard', () => {
  async function emptied(): Promise<ListedRun> {
    await aProvider(world);
    await world.source.query(people(100));
    await runner.sync();
    await world.source.query('DELETE FROM people WHERE id > 50');
    return await runner.sync();
  }

  it('holds a run that would disable too many, and changes nothing', async () => {
    const run = await emptied();
    expect(run).toMatchObject({
      state: 'held',
      heldReasons: [{ safeguard: 'deletions', planned: 50, limit: 20 }],
    });
    expect(await runner.rows('SELECT count(*)::int FROM profiles WHERE enabled')).toEqual([{ count: 100 }]);
    await expect(runner.sync()).rejects.toMatchObject({ code: 'RUN_HELD', kind: 'held' });
  });

  it('carries out exactly the plan that was approved: who came back meanwhile stays', async () => {
    const run = await emptied();
    await world.source.query(people(1, 51));
    await approveRun(world.context, { runId: run.id, actor: 'test' });
    const done = await runner.finish(run.id);
    expect(done).toMatchObject({ state: 'done', decidedBy: 'test', counters: { applied: 49, skipped: 1 } });
    expect(await runner.rows('SELECT count(*)::int FROM profiles WHERE enabled')).toEqual([{ count: 51 }]);
    expect(await runner.rows('SELECT actor, action FROM audit_entries ORDER BY seq DESC LIMIT 1')).toEqual([
      { actor: 'test', action: 'run.approve' },
    ]);
  });

  it('ends a rejected run and lets the next one start', async () => {
    const run = await emptied();
    await rejectRun(world.context, { runId: run.id, actor: 'test' });
    await expect(approveRun(world.context, { runId: run.id, actor: 'test' })).rejects.toMatchObject({
      code: 'RUN_NOT_HELD',
    });
    expect(await runner.finish(run.id)).toMatchObject({ state: 'rejected' });
    expect(await runner.sync()).toMatchObject({ state: 'held' });
  });

  it('holds when the provider suddenly has nobody at all, however few there were', async () => {
    await aProvider(world);
    await world.source.query(people(3));
    await runner.sync();
    await world.source.query('DELETE FROM people');
    expect(await runner.sync()).toMatchObject({ state: 'held', heldReasons: [{ safeguard: 'empty' }] });
  });

  it('holds before the first write when a first run would send too many e-mails', async () => {
    const safeguards = {
      deletions: { count: 1, percent: 1, floor: 0 },
      changes: { percent: 1, floor: 0 },
      emails: 5,
    };
    await aProvider(world, { ...passwordRules({ onboarding: 'pre-registration' }), safeguards });
    await world.source.query(people(6));
    expect(await runner.sync()).toMatchObject({
      state: 'held',
      heldReasons: [{ safeguard: 'emails', planned: 6 }],
    });
    expect(await runner.rows('SELECT count(*)::int FROM profiles')).toEqual([{ count: 0 }]);
  });
});

describe('faults', () => {
  it('end the run with their code, disable nobody, and are remembered with the provider', async () => {
    await aProvider(world);
    await world.source.query(people(30));
    await runner.sync();
    await world.source.query('ALTER TABLE people RENAME TO moved');
    try {
      expect(await runner.sync()).toMatchObject({ state: 'failed', errorCode: 'SOURCE_SCHEMA_CHANGED' });
    } finally {
      await world.source.query('ALTER TABLE moved RENAME TO people');
    }
    expect(await runner.rows('SELECT count(*)::int FROM profiles WHERE enabled')).toEqual([{ count: 30 }]);
    expect(await runner.rows('SELECT last_error_code FROM providers')).toEqual([
      { last_error_code: 'SOURCE_SCHEMA_CHANGED' },
    ]);
    expect(await runner.sync()).toMatchObject({ state: 'done' });
    expect(await runner.rows('SELECT last_error_code FROM providers')).toEqual([{ last_error_code: null }]);
  });

  it('are replayed record by record once mended', async () => {
    await aProvider(world);
    await world.source.query(`${people(2)} UPDATE people SET mail = 'nonsense'`);
    const run = await runner.sync();
    await world.source.query(`UPDATE people SET mail = 'user1@example.org' WHERE id = 1`);
    const replay = await replayRun(world.context, { runId: run.id, actor: 'test' });
    expect(await runner.finish(replay.runId)).toMatchObject({
      state: 'done',
      counters: { created: 1, errors: 1 },
    });
    const errors = await listRunErrors(world.context, run.id, all);
    expect(errors.map(({ recordKey, resolvedAt }) => [recordKey, resolvedAt !== null])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });
});

describe('one run at a time', () => {
  it('makes one run of a scheduled moment, however many schedulers ask', async () => {
    const providerId = await aProvider(world);
    const tick = new Date('2026-01-01T03:00:00Z');
    const asked = await Promise.all(
      Array.from(
        { length: 8 },
        async () => await requestScheduledRun(world.context, { providerId, kind: 'full', tick }),
      ),
    );
    expect(asked.filter((id) => id !== null)).toHaveLength(1);
  });

  it('refuses a second run while one is under way, and leaves a run to the worker that has it', async () => {
    await aProvider(world);
    await world.source.query(people(2));
    const request = { provider: 'acme-hr', kind: 'full' as const, cause: { kind: 'system' as const } };
    const asked = await Promise.allSettled(
      Array.from({ length: 6 }, async () => await requestRun(world.context, request)),
    );
    const won = asked.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const runId = won[0]!.value.runId;
    const outcomes = await Promise.all(
      Array.from(
        { length: 4 },
        async () => await carryOutRun(world.context, runId, { owner: newId(), signal }),
      ),
    );
    expect(outcomes).toContainEqual({ state: 'done' });
    expect(await runner.rows('SELECT count(*)::int FROM profiles')).toEqual([{ count: 2 }]);
  });
});
