import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hooks } from '../../../src/http/hooks/plugin.ts';
import { buildServer } from '../../../src/http/server.ts';
import { removeProvider } from '../../../src/app/providers/remove-provider.ts';
import { rotatePushKey } from '../../../src/app/push/rotate-push-key.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun, type RunRequest } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { orderFor } from '../../support/child-context.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { installTraces } from '../../support/install-traces.ts';
import { killWhen } from '../../support/kill-run.ts';
import { LOG } from '../../support/log-feed.ts';
import { Sender } from '../../support/sender.ts';
import { waitFor } from '../../support/wait-for.ts';

let world: World;
let fresh: World;
/** Printed when a test fails, so that its history can be had again. */
const seed = Number(process.env['SEED'] ?? Math.floor(performance.now() * 1000) % 2 ** 31);

beforeEach(async () => {
  world = await createWorld(PEOPLE + LOG);
  fresh = await createWorld();
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});

const LIMITS = {
  safeguards: {
    deletions: { count: 100_000, percent: 100, floor: 100_000 },
    changes: { percent: 100, floor: 100_000 },
    emails: 10,
  },
};
const COUNT = 1_500;
/** Beyond every record that a history touches. */
const MARKER = 999_999;

/** A linear congruential generator: the same seed, the same history. */
function random(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return Math.floor((state / 0x80_00_00_00) * below);
  };
}

/** One transaction of the customer's application. @returns SQL, and the keys it touches. */
function transaction(next: (below: number) => number): { sql: string; keys: readonly number[] } {
  const size = next(5) === 0 ? 300 + next(700) : 1 + next(20);
  const first = 1 + next(COUNT);
  const keys = Array.from({ length: size }, (_, at) => first + at);
  const range = `id BETWEEN ${String(first)} AND ${String(first + size - 1)}`;
  const insert = people(size, first).replace(';', ' ON CONFLICT DO NOTHING;');
  const statements = [
    `UPDATE people SET dept = 'D${String(next(1_000))}' WHERE ${range};`,
    `UPDATE people SET active = NOT active, pw_hash = NULL WHERE ${range};`,
    `DELETE FROM people WHERE ${range};`,
    insert,
    `DELETE FROM people WHERE ${range}; ${insert}`,
  ];
  return { sql: statements[next(statements.length)] ?? '', keys };
}

async function directory({ context }: World): Promise<unknown> {
  return await context.store.read.query(
    `SELECT l.record_key, encode(l.fingerprint, 'hex') AS fingerprint, p.username, p.email, p.attributes, p.enabled
     FROM links l JOIN profiles p ON p.id = l.profile_id WHERE l.gone_at IS NULL ORDER BY l.record_key`,
  );
}

const cause = { kind: 'operator' as const, name: 'test' };

async function carryOn(in_: World, runId: string): Promise<ListedRun> {
  await carryOutRun(in_.context, runId, { owner: newId(), signal: new AbortController().signal });
  return await showRun(in_.context, runId);
}

async function run(in_: World, kind: RunRequest['kind'], provider: string): Promise<ListedRun> {
  const { runId } = await requestRun(in_.context, { provider, kind, cause });
  return await carryOn(in_, runId);
}

/** What somebody who never heard of changes makes of the source. */
async function expectTruth(): Promise<void> {
  await aProvider({ ...fresh, source: world.source }, { name: 'truth', ...LIMITS });
  expect((await run(fresh, 'full', 'truth')).state).toBe('done');
  try {
    expect(await directory(world)).toEqual(await directory(fresh));
  } catch (error) {
    throw new Error(`with SEED=${String(seed)}`, { cause: error });
  }
}

async function settle(provider: string): Promise<void> {
  await world.context.store.read.query(
    `UPDATE runs SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL`,
  );
  await world.context.store.read.query(`UPDATE followers SET lease_until = now() - interval '1 s'`);
  for (const { id } of await world.context.store.read.query<{ id: string }[]>(
    `SELECT r.id FROM runs r JOIN providers p ON p.id = r.provider_id
     WHERE p.name = $1 AND r.state IN ('queued', 'planning', 'applying') ORDER BY r.state = 'queued', r.created_at`,
    [provider],
  ))
    expect((await carryOn(world, id)).state).toBe('done');
}

/** Delta runs that are killed at different places, while the source goes on changing. */
async function followByDeltas(provider: string): Promise<void> {
  const next = random(seed);
  const phases: ((run: ListedRun) => boolean)[] = [
    ({ expected }) => expected !== null,
    ({ counters }) => counters.read > 0,
    ({ state }) => state === 'applying',
  ];
  for (const enough of phases) {
    for (let count = 0; count < 6; count += 1) await world.source.query(transaction(next).sql);
    await world.source.query(`UPDATE people SET dept = 'Round' WHERE id % 2 = 0`);
    const { runId } = await requestRun(world.context, { provider, kind: 'delta', cause });
    await killWhen(world, runId, enough);
    await world.source.query(transaction(next).sql);
    expect((await carryOn(world, runId)).state).toBe('done');
  }
  expect((await run(world, 'delta', provider)).state).toBe('done');
}

/** Follows in processes of their own that are killed while the source goes on changing, until one has `caughtUp`. */
async function followWithKills(caughtUp: () => Promise<boolean>): Promise<void> {
  const next = random(seed);
  const kills = [`state = 'planning'`, `state = 'applying'`, `state = 'planning' AND phase = 'keys'`];
  for (const moment of kills) {
    const child = follower();
    await once(child.stdout!, 'data');
    const ended = once(child, 'exit');
    // Goes on until the moment has come, however quick the follower is.
    await waitFor(async () => {
      await world.source.query(transaction(next).sql);
      const rows = await world.context.store.read.query<unknown[]>(
        `SELECT 1 FROM runs WHERE kind = 'stream' AND ${moment}`,
      );
      return rows.length > 0;
    });
    child.kill('SIGKILL');
    await ended;
    for (let count = 0; count < 3; count += 1) await world.source.query(transaction(next).sql);
    await world.context.store.read.query(
      `UPDATE runs SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL`,
    );
    await world.context.store.read.query(`UPDATE followers SET lease_until = now() - interval '1 s'`);
  }
  const child = follower();
  const ended = once(child, 'exit');
  await waitFor(caughtUp);
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
}

describe('whatever happens to a source, with the worker killed on the way', () => {
  it('polling a feed that reports deletions ends at the truth', async () => {
    await aProvider(world, { changes: { mode: 'poll' }, ...LIMITS });
    await world.source.query(people(COUNT));
    await run(world, 'full', 'acme-hr');
    await followByDeltas('acme-hr');
    await expectTruth();
  });

  it('polling by transaction ends at the truth with the full run that belongs to it', async () => {
    await aProvider(world, { name: 'polled', changes: { mode: 'poll' }, ...LIMITS });
    await world.source.query(people(COUNT));
    await run(world, 'full', 'polled');
    await followByDeltas('polled');
    expect((await run(world, 'full', 'polled')).state).toBe('done');
    await expectTruth();
  });

  it('a stream ends at the truth', async () => {
    await aProvider(world, { changes: { mode: 'replication' }, ...LIMITS });
    await world.source.query(people(COUNT));
    await run(world, 'full', 'acme-hr');
    await followWithKills(async () => {
      const [last] = await world.source.query('SELECT max(id)::text AS id FROM people_log');
      const [row] = await world.context.store.read.query<{ checkpoint: string }[]>(
        'SELECT checkpoint FROM providers',
      );
      return row?.checkpoint === `log/1:${String(last!['id'])}`;
    });
    await expectTruth();
  }, 120_000);

  it.each([
    ['listen', 'listened'],
    ['replication', 'logged'],
  ] as const)(
    'what PostgreSQL tells of changes by %s ends at the truth',
    async (mode, provider) => {
      await aProvider(world, { name: provider, changes: { mode }, ...LIMITS });
      await installTraces(world, provider);
      await world.source.query(people(COUNT));
      await run(world, 'full', provider);
      let marked = false;
      await followWithKills(async () => {
        if (!marked) await world.source.query(people(1, MARKER));
        marked = true;
        const found = await world.context.store.read.query<unknown[]>(
          `SELECT 1 FROM links WHERE record_key = '${String(MARKER)}'`,
        );
        return found.length > 0;
      });
      // Deletions while nobody listened are left to the full run that belongs to it.
      if (mode === 'listen') expect((await run(world, 'full', provider)).state).toBe('done');
      await expectTruth();
      await removeProvider(world.context, { name: provider, people: 'keep', actor: 'test' });
    },
    120_000,
  );

  it('hints that are pushed end at the truth', async () => {
    await aProvider(world, { changes: { mode: 'push' }, ...LIMITS });
    await world.source.query(people(COUNT));
    await run(world, 'full', 'acme-hr');
    const server = await buildServer(world.context, { plugins: [hooks(world.context)] });
    const { key } = await rotatePushKey(world.context, { name: 'acme-hr', actor: 'test' });
    const sender = new Sender(server, 'acme-hr', key.reveal());
    const next = random(seed);
    const change = async (): Promise<string> => {
      const { sql, keys } = transaction(next);
      await world.source.query(sql);
      const response = await sender.post({ hints: keys });
      expect(response.statusCode).toBe(202);
      return response.json<{ runId: string }>().runId;
    };
    const phases: ((run: ListedRun) => boolean)[] = [
      ({ expected }) => expected !== null,
      ({ state }) => state === 'applying',
    ];
    for (const enough of phases) {
      for (let count = 0; count < 5; count += 1) await change();
      await world.source.query(`UPDATE people SET dept = 'Round'`);
      await sender.post({ hints: Array.from({ length: COUNT + 1_000 }, (_, at) => at + 1) });
      await killWhen(world, await change(), enough);
      await change();
      await settle('acme-hr');
    }
    await settle('acme-hr');
    await server.close();
    await expectTruth();
  });
});

function follower(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'test/support/follow-child.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', FOLLOW: JSON.stringify(orderFor(world)) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
