import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { previewProvider } from '../../../src/app/providers/preview-provider.ts';
import { discoverProvider } from '../../../src/app/providers/discover-provider.ts';
import { pauseProvider, resumeProvider } from '../../../src/app/providers/pause-provider.ts';
import { testProvider } from '../../../src/app/providers/test-provider.ts';
import { rotatePushKey } from '../../../src/app/push/rotate-push-key.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { explainResync } from '../../../src/app/runs/explain-resync.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { hooks } from '../../../src/http/hooks/plugin.ts';
import { buildServer } from '../../../src/http/server.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { signIn } from '../../../src/app/passwords/sign-in.ts';
import { RULES } from '../../unit/passwords/rules.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { Sender } from '../../support/sender.ts';

let world: World;
let server: FastifyInstance;
let sender: Sender;
const signal = new AbortController().signal;

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  server = await buildServer(world.context, { plugins: [hooks(world.context)] });
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

const PUSHED = {
  connector: 'push' as const,
  connection: {},
  source: { key: ['id'] },
  changes: { mode: 'push' as const },
  safeguards: {
    deletions: { count: 2, percent: 50, floor: 1 },
    changes: { percent: 50, floor: 100 },
    emails: 10,
  },
};

beforeEach(async () => {
  for (const table of ['providers', 'profiles', 'outbox'])
    await world.context.store.read.query(`TRUNCATE ${table} CASCADE`);
  await aProvider(world, PUSHED);
  const { key } = await rotatePushKey(world.context, { name: 'acme-hr', actor: 'test' });
  sender = new Sender(server, 'acme-hr', key.reveal());
});

function person(id: number, over: object = {}): object {
  const login = `user${String(id)}`;
  return {
    id,
    login,
    mail: `${login}@example.org`,
    active: true,
    dept: 'Sales',
    pw_hash: `hash-${String(id)}`,
    ...over,
  };
}

/** Carries out every run that waits, as workers would. */
async function work(): Promise<readonly ListedRun[]> {
  const done: ListedRun[] = [];
  for (;;) {
    const [next] = await world.context.store.read.query<{ id: string }[]>(
      `SELECT id FROM runs WHERE state = 'queued' ORDER BY created_at LIMIT 1`,
    );
    if (next === undefined) return done;
    await carryOutRun(world.context, next.id, { owner: newId(), signal });
    done.push(await showRun(world.context, next.id));
  }
}

async function column(sql: string): Promise<unknown[]> {
  const rows = await world.context.store.read.query<Record<string, unknown>[]>(sql);
  return rows.map((row) => Object.values(row)[0]);
}

/** As Redmine makes them. */
function hashOf(password: string, salt: string): string {
  const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
  return sha1(salt + sha1(password));
}

const USERNAMES = `SELECT username FROM profiles WHERE enabled ORDER BY 1`;

describe('a provider that can only push', () => {
  it('has what it pushed: one record, several, changes and deletions', async () => {
    const first = await sender.post({ record: person(1) });
    expect([first.statusCode, first.json()]).toEqual([
      202,
      { accepted: 1, problems: [], runId: expect.any(String) },
    ]);
    await sender.post({ records: [person(2), person(3)] });
    // All of it waits for one run, the first one, which is a full one.
    expect(await work()).toMatchObject([{ kind: 'full', state: 'done', counters: { created: 3 } }]);

    await sender.post({ record: person(2, { dept: 'Research' }) });
    await sender.post({ deletions: [3] });
    expect(await work()).toMatchObject([
      { kind: 'delta', state: 'done', counters: { updated: 1, disabled: 1 } },
    ]);
    expect(await column(USERNAMES)).toEqual(['user1', 'user2']);
    expect(await column('SELECT count(*)::int FROM pushed_changes')).toEqual([0]);
    await sender.post({ record: person(3) });
    expect(await work()).toMatchObject([{ kind: 'delta', counters: { returned: 1 } }]);
  });

  it('is read like any other: full runs, one person, preview, discover and test', async () => {
    expect(await testProvider(world.context, { name: 'acme-hr' }, signal)).toMatchObject({
      ready: true,
      findings: [{ code: 'OK' }, { code: 'NO_ROWS' }],
    });
    await sender.post({ records: [person(1), person(2, { first_name: 'Ada', last_name: 'Byron' })] });
    const { findings } = await testProvider(world.context, { name: 'acme-hr' }, signal);
    // The hashes here are none, and it says so; everything else is well.
    expect(findings.filter(({ severity }) => severity !== 'ok').map(({ code }) => code)).toEqual([
      'HASHES_NOT_RECOGNISED',
    ]);
    const preview = await previewProvider(world.context, {
      target: { name: 'acme-hr' },
      limit: 5,
      signal,
    });
    expect(preview).toMatchObject([{ key: '1' }, { key: '2', fields: { givenName: 'Ada' } }]);
    const { tables } = await discoverProvider(world.context, { name: 'acme-hr' }, signal);
    expect(tables).toMatchObject([{ name: 'pushed', key: ['id'], estimatedRows: 2 }]);
    await work();
    const cause = { kind: 'operator', name: 'test' } as const;
    const dry = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', dryRun: true, cause });
    expect(await work()).toMatchObject([{ id: dry.runId, counters: { read: 2, unchanged: 2 } }]);
    const report = await explainResync(world.context, {
      provider: 'acme-hr',
      recordKey: '2',
      cause,
      signal,
    });
    expect(report.steps.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('has hashes whose salt is a column of its own, and takes up both when they change', async () => {
    const password = { column: 'pw_hash', format: RULES['Redmine']!, onboarding: 'none' } as const;
    const writeBack = { enabled: false, set: {}, conflict: 'newest' } as const;
    await aProvider(world, { ...PUSHED, name: 'salted', password: { ...password, writeBack } });
    const { key } = await rotatePushKey(world.context, { name: 'salted', actor: 'test' });
    const salted = new Sender(server, 'salted', key.reveal());
    const mayEnter = async (typed: string): Promise<string> => {
      const visitor = { address: '192.0.2.1', userAgent: null };
      return (await signIn(world.context, { name: 'user1', password: new Secret(typed), visitor })).outcome;
    };
    const push = async (typed: string, salt: string): Promise<void> => {
      await salted.post({ record: person(1, { pw_hash: hashOf(typed, salt), salt }) });
      await work();
    };
    await push('known to the application', 'saffron');
    expect(await mayEnter('known to the application')).toBe('signed-in');
    expect(await mayEnter('saffron')).toBe('refused');
    // The same hash beside another salt is another password.
    await salted.post({
      record: person(1, { pw_hash: hashOf('known to the application', 'saffron'), salt: 'cumin' }),
    });
    await work();
    expect(await mayEnter('known to the application')).toBe('refused');
    await push('chosen over there', 'cumin');
    expect(await mayEnter('chosen over there')).toBe('signed-in');
  });

  it('keeps what was pushed sealed', async () => {
    await sender.post({ record: person(1, { pw_hash: 'canary-of-the-hash' }) });
    const [found] = await column(
      `SELECT count(*)::int FROM pushed_records WHERE position('canary'::bytea in record) > 0`,
    );
    expect(found).toBe(0);
  });

  it('believes absence at the end of a complete set, and never more than the safeguard allows', async () => {
    await sender.post({ records: [1, 2, 3, 4, 5].map((id) => person(id)) });
    await work();
    expect((await sender.post({ records: [person(1)], set: 'monday' })).json()).toMatchObject({
      code: 'SET_NOT_OPEN',
    });
    expect((await sender.post({ begin: 'monday' })).statusCode).toBe(202);
    await sender.post({ records: [person(1), person(2)], set: 'monday' });
    await sender.post({ records: [person(2), person(3)], set: 'monday' });
    const short = await sender.post({ end: 'monday', records: 4 });
    expect([short.statusCode, short.json()]).toMatchObject([409, { code: 'SET_INCOMPLETE' }]);
    // Pushed on its own while the set was on its way: it is there, although not in the set.
    await sender.post({ record: person(5, { dept: 'New' }) });
    expect((await sender.post({ end: 'monday', records: 3 })).statusCode).toBe(202);
    expect(await work()).toMatchObject([{ kind: 'delta' }, { kind: 'full', counters: { disabled: 1 } }]);
    expect(await column(USERNAMES)).toEqual(['user1', 'user2', 'user3', 'user5']);
    expect((await sender.post({ end: 'monday', records: 3 })).json()).toMatchObject({ code: 'SET_NOT_OPEN' });

    await sender.post({ begin: 'tuesday' });
    await sender.post({ record: person(1), set: 'tuesday' });
    await sender.post({ end: 'tuesday', records: 1 });
    const runs = await work();
    const held = runs.at(-1)!;
    expect(held).toMatchObject({ state: 'held', heldReasons: [{ safeguard: 'deletions', planned: 3 }] });
    expect(await column(USERNAMES)).toHaveLength(4);
    await approveRun(world.context, { runId: held.id, actor: 'test' });
    await carryOutRun(world.context, held.id, { owner: newId(), signal });
    expect(await column(USERNAMES)).toEqual(['user1']);
  });

  it('is held when it deletes too many, also one by one', async () => {
    await sender.post({ records: [1, 2, 3, 4, 5, 6].map((id) => person(id)) });
    await work();
    for (const id of [1, 2]) {
      await sender.post({ deletions: [id] });
      expect(await work()).toMatchObject([{ state: 'done' }]);
    }
    await sender.post({ deletions: [{ id: 3 }] });
    expect(await work()).toMatchObject([{ kind: 'delta', state: 'held' }]);
    // What comes meanwhile is taken, and waits.
    expect((await sender.post({ record: person(7) })).statusCode).toBe(202);
  });

  it('takes what is good of a batch and says what is not, by its place', async () => {
    const response = await sender.post({
      records: [
        person(1),
        { login: 'nobody' },
        person(3, { dept: 'a\u0000b', salary: 1e30 }),
        person(4, { dept: null, id: '0004' }),
      ],
    });
    expect(response.statusCode).toBe(202);
    expect(response.json()).toMatchObject({
      accepted: 2,
      problems: [
        { path: 'records[1].id', code: 'KEY_MISSING' },
        { path: 'records[2].dept', code: 'VALUE_NOT_TEXT' },
        { path: 'records[2].salary', code: 'NUMBER_INEXACT' },
      ],
    });
    await work();
    expect(await column('SELECT record_key FROM links ORDER BY 1')).toEqual(['0004', '1']);
    const none = await sender.post({ records: [{ login: 'nobody' }] });
    expect([none.statusCode, none.json()]).toMatchObject([422, { code: 'POST_INVALID' }]);
  });

  it('waits while it is paused, and catches up when it is resumed', async () => {
    await pauseProvider(world.context, { name: 'acme-hr', actor: 'test' });
    expect((await sender.post({ record: person(1) })).json()).toMatchObject({ accepted: 1, runId: null });
    expect(await work()).toEqual([]);
    await resumeProvider(world.context, { name: 'acme-hr', actor: 'test' });
    expect(await work()).toMatchObject([{ state: 'done', counters: { created: 1 } }]);
  });

  it('has no hints to give', async () => {
    expect((await sender.post({ hints: ['1'] })).json()).toMatchObject({ code: 'HINTS_NOT_POSSIBLE' });
  });
});

describe('a database that pushes hints', () => {
  it('is read again where it says so, whatever else came with it', async () => {
    await aProvider(world, { name: 'with-database', changes: { mode: 'push' } });
    const { key } = await rotatePushKey(world.context, { name: 'with-database', actor: 'test' });
    const hinting = new Sender(server, 'with-database', key.reveal());
    await world.source.query(`TRUNCATE people; ${people(5)}`);
    await hinting.post({ hints: [1] });
    expect(await work()).toMatchObject([{ kind: 'full', counters: { created: 5 } }]);
    await world.source.query(
      `UPDATE people SET dept = 'Moved' WHERE id < 4; DELETE FROM people WHERE id = 5`,
    );
    await hinting.post({ hints: ['1', { id: 2 }] });
    await hinting.post({ record: { id: 3, login: 'a-lie' } });
    await hinting.post({ deletions: [4, 5, 99] });
    expect(await work()).toMatchObject([{ kind: 'delta', counters: { read: 4, updated: 3, disabled: 1 } }]);
    expect(
      await column(`SELECT username FROM profiles WHERE attributes->>'department' = 'Moved' ORDER BY 1`),
    ).toEqual(['user1', 'user2', 'user3']);
    expect((await hinting.post({ begin: 'x' })).json()).toMatchObject({ code: 'SET_NOT_POSSIBLE' });
  });
});
