import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { performEffect } from '../../../jobs/perform-effect.ts';
import { runProcessor } from '../../../jobs/processors/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { createRunner, type Runner } from '../../support/runner.ts';

let world: World;
let runner: Runner;
const stop = new AbortController().signal;

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  runner = createRunner(world);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await runner.empty();
  await aProvider(world);
  await world.source.query(people(3));
});

async function request(): Promise<{ runId: string; outboxId: string }> {
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  const [row] = await world.context.store.read.query<{ id: string }[]>(
    'SELECT id FROM outbox WHERE subject_id = $1',
    [runId],
  );
  return { runId, outboxId: row!.id };
}

async function outbox(): Promise<unknown> {
  return await runner.rows('SELECT state, error_code FROM outbox');
}

describe('a worker with a run', () => {
  it('does not take a run for done that somebody else has in hand, so that it can be taken up when they die', async () => {
    const { runId, outboxId } = await request();
    const { read } = world.context.store;
    await read.query(
      `UPDATE runs SET state = 'planning', started_at = now(), lease_owner = $2, lease_until = now() + interval '1 minute' WHERE id = $1`,
      [runId, newId()],
    );
    const work = { processor: runProcessor(world.context), stop };
    await performEffect(world.context, outboxId, work);
    expect(await outbox()).toEqual([{ state: 'pending', error_code: null }]);
    await read.query(`UPDATE runs SET lease_until = now() - interval '1 second'`);
    await read.query(`UPDATE outbox SET available_at = now()`);
    await performEffect(world.context, outboxId, work);
    expect(await outbox()).toEqual([{ state: 'done', error_code: null }]);
    expect(await showRun(world.context, runId)).toMatchObject({ state: 'done', counters: { created: 3 } });
  });

  it('ends a run that takes every worker down with it, so that the provider can have another', async () => {
    const { runId, outboxId } = await request();
    await world.context.store.read.query(`UPDATE outbox SET attempts = 20`);
    await performEffect(world.context, outboxId, { processor: runProcessor(world.context), stop });
    expect(await outbox()).toEqual([{ state: 'failed', error_code: 'ABANDONED' }]);
    expect(await showRun(world.context, runId)).toMatchObject({ state: 'failed', errorCode: 'ABANDONED' });
    expect(await runner.sync()).toMatchObject({ state: 'done' });
  });

  it('ends a run that fails again and again for reasons of our own', async () => {
    const { runId, outboxId } = await request();
    const processor = (): Promise<never> => Promise.reject(new Error('a mistake of ours'));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await world.context.store.read.query('UPDATE outbox SET available_at = now()');
      await performEffect(world.context, outboxId, { processor, stop });
    }
    expect(await showRun(world.context, runId)).toMatchObject({ state: 'failed', errorCode: 'UNEXPECTED' });
  });
});
