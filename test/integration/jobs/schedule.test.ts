import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { askForRun, startSchedule } from '../../../jobs/schedule.ts';
import { removeOutdated } from '../../../src/app/operators/remove-outdated.ts';
import { purgeGoneProfiles } from '../../../src/app/profiles/purge-gone-profiles.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aPerson } from '../../support/a-person.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { waitFor } from '../../support/wait-for.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld(`${PEOPLE} ${people(5)}`);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

async function count(from: string): Promise<number> {
  const rows = await world.context.store.read.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM ${from}`,
  );
  return rows[0]?.n ?? -1;
}

it('makes one run of one minute, however many schedulers ask', async () => {
  const providerId = await aProvider(world);
  const schedule = { providerId, name: 'acme-hr', kind: 'full' } as const;
  const asked = Array.from({ length: 20 }, (_, n) => new Date(Date.UTC(2026, 0, 1, 3, 0, n, n * 37)));
  await Promise.all(asked.map((date) => askForRun(world.context, schedule, date)));
  expect(await count('runs')).toBe(1);
  expect(await count(`runs WHERE tick = '2026-01-01T03:00:00Z'`)).toBe(1);
  expect(await count('outbox')).toBe(1);
});

it('starts runs of providers by their cron expression, and stops', async () => {
  await aProvider(world, { changes: { mode: 'none', full: '* * * * * *', timeZone: 'Europe/Stockholm' } });
  const schedulers = [startSchedule(world.context), startSchedule(world.context)];
  await waitFor(async () => (await count('runs')) > 0);
  for (const scheduler of schedulers) await scheduler[Symbol.asyncDispose]();
  expect(await count('runs')).toBe(await count('(SELECT DISTINCT tick FROM runs) ticks'));
  expect(await count(`runs WHERE cause ->> 'kind' = 'schedule'`)).toBeGreaterThan(0);
});

it('purges people whose record has been gone for 30 days, and nobody else', async () => {
  await aProvider(world);
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  await aPerson(world.context);
  const gone = (days: number, key: string): Promise<unknown> =>
    world.context.store.read.query(
      `UPDATE links SET gone_at = now() - make_interval(days => $1) WHERE record_key = $2`,
      [days, key],
    );
  await gone(31, '1');
  await gone(29, '2');
  expect(await purgeGoneProfiles(world.context)).toBe(1);
  expect(await count(`profiles WHERE username = 'user1'`)).toBe(0);
  expect(await count('profiles')).toBe(5);
  expect(await count('links')).toBe(4);
});

it('removes what is outdated and keeps what is not', async () => {
  await world.context.store.read.query(
    `INSERT INTO outbox (id, kind, subject_id, state, finished_at)
     SELECT gen_random_uuid(), 'email', gen_random_uuid(), state, at
     FROM (VALUES ('done', now() - interval '8 days'), ('done', now()), ('pending', NULL)) AS rows (state, at)`,
  );
  await removeOutdated(world.context);
  expect(await count('outbox')).toBe(2);
  expect(await count(`outbox WHERE state = 'pending'`)).toBe(1);
});
