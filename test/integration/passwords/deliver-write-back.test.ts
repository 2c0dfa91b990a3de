import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WriteBackRules } from '../../../connectors/contract/definition.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { EffectOutcome } from '../../../src/app/outbox/effect-outcome.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { listWriteBacks } from '../../../src/app/passwords/list-write-backs.ts';
import { requestWriteBack } from '../../../src/app/passwords/request-write-back.ts';
import { retryWriteBacks } from '../../../src/app/passwords/retry-write-backs.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

const signal = new AbortController().signal;
const cause = { kind: 'person' } as const;

let world: World;
let providerId: string;
let profileId: string;

beforeEach(async () => {
  world = await createWorld(`${PEOPLE} ${people(1)}`);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** One person whose password at the provider is `hash-1`, and who has set another one here. */
async function prepare(rules: Partial<WriteBackRules> = {}): Promise<string> {
  providerId = await aProvider(world, {
    password: {
      column: 'pw_hash',
      format: 'auto',
      onboarding: 'none',
      writeBack: { enabled: true, set: {}, conflict: 'newest', ...rules },
    },
  });
  await sync();
  profileId = String((await one('SELECT id FROM profiles'))['id']);
  await world.context.store.read.query(`UPDATE credentials SET effective = 'local', local_hash = 'x'`);
  return await request('new-hash');
}

async function request(hash: string, expected = 'hash-1'): Promise<string> {
  const plan = {
    kind: 'planned',
    providerId,
    providerName: 'acme-hr',
    recordKey: '1',
    hash: new Secret(hash),
    expected: new Secret(expected),
  } as const;
  const id = await world.context.store.transaction((tx) =>
    requestWriteBack(world.context, tx, { profileId, plan, cause }),
  );
  return id ?? '';
}

async function sync(): Promise<Awaited<ReturnType<typeof showRun>>> {
  const { runId } = await requestRun(world.context, {
    provider: 'acme-hr',
    kind: 'full',
    cause: { kind: 'system' },
  });
  await carryOutRun(world.context, runId, { owner: newId(), signal });
  return await showRun(world.context, runId);
}

async function deliver(id: string): Promise<EffectOutcome> {
  return await deliverWriteBack(world.context, id, signal);
}

async function one(sql: string): Promise<Record<string, unknown>> {
  const rows = await world.context.store.read.query<Record<string, unknown>[]>(sql);
  return rows[0] ?? {};
}
const state = async (id: string): Promise<unknown> =>
  (await one(`SELECT state FROM write_backs WHERE id = '${id}'`))['state'];
const atProvider = async (): Promise<unknown> =>
  (await world.source.query('SELECT pw_hash FROM people'))[0]?.['pw_hash'];

async function knownHash(): Promise<string> {
  const { provider_hash: sealed } = await one('SELECT provider_hash FROM credentials');
  return world.context.keyring.open(sealed as Buffer, `credentials/provider_hash/${profileId}`).reveal();
}

async function events(): Promise<unknown[]> {
  const rows = await world.context.store.read.query<{ kind: string }[]>(
    `SELECT kind FROM profile_events WHERE kind LIKE '%write-back%' OR kind LIKE '%written%' ORDER BY id`,
  );
  return rows.map(({ kind }) => kind);
}

describe('a password on its way to its provider', () => {
  it('is written once, forgotten here, and is no change to the next run', async () => {
    const id = await prepare();
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await atProvider()).toBe('new-hash');
    expect(await one(`SELECT state, hash, expected FROM write_backs`)).toEqual({
      state: 'written',
      hash: null,
      expected: null,
    });
    expect(await knownHash()).toBe('new-hash');
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await events()).toEqual(['password-written-back']);
    expect(await sync()).toMatchObject({ counters: { unchanged: 1, updated: 0 } });
    expect(await one('SELECT effective FROM credentials')).toEqual({ effective: 'local' });
  });

  it('does not hide another change of the same record from the next run', async () => {
    const id = await prepare();
    await world.source.query(`UPDATE people SET first_name = 'Renamed'`);
    await deliver(id);
    expect(await sync()).toMatchObject({ counters: { updated: 1 } });
    expect(await one('SELECT given_name FROM profiles')).toEqual({ given_name: 'Renamed' });
    expect(await one('SELECT effective FROM credentials')).toEqual({ effective: 'local' });
  });

  it('is taken for written when an earlier attempt got through', async () => {
    const id = await prepare();
    await world.source.query(`UPDATE people SET pw_hash = 'new-hash'`);
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await state(id)).toBe('written');
  });

  it.each(['newest', 'local'] as const)(
    'wins over a change that is not known to be newer (%s)',
    async (conflict) => {
      const id = await prepare({ conflict });
      await world.source.query(`UPDATE people SET pw_hash = 'theirs'`);
      expect(await deliver(id)).toEqual({ kind: 'done' });
      expect(await atProvider()).toBe('new-hash');
    },
  );

  it('gives way where the provider wins, and ends every session', async () => {
    const id = await prepare({ conflict: 'provider' });
    await world.context.store.read.query(
      `INSERT INTO sessions (id, token_hash, profile_id, expires_at) VALUES ($1, 'x', $2, now() + interval '1 h')`,
      [newId(), profileId],
    );
    await world.source.query(`UPDATE people SET pw_hash = 'theirs'`);
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await atProvider()).toBe('theirs');
    expect(await state(id)).toBe('conflict');
    expect(await knownHash()).toBe('theirs');
    expect(await one('SELECT effective, local_hash FROM credentials')).toEqual({
      effective: 'provider',
      local_hash: null,
    });
    expect(await one('SELECT count(*)::int AS sessions FROM sessions')).toEqual({ sessions: 0 });
    expect(await events()).toEqual(['write-back-conflict']);
  });

  it('is no conflict with an earlier password of ours', async () => {
    const first = await prepare({ conflict: 'provider' });
    await deliver(first);
    // Requested before the first was written, so it still expects the old one.
    const second = await request('newer-hash', 'hash-1');
    expect(await deliver(second)).toEqual({ kind: 'done' });
    expect(await atProvider()).toBe('newer-hash');
  });

  it('does nothing once a newer one has superseded it', async () => {
    const first = await prepare();
    const second = await request('newer-hash');
    expect(await deliver(first)).toEqual({ kind: 'done' });
    expect(await atProvider()).toBe('hash-1');
    await deliver(second);
    expect(await atProvider()).toBe('newer-hash');
    expect([await state(first), await state(second)]).toEqual(['superseded', 'written']);
  });

  it('waits for an operator when the record is gone, who has it tried again', async () => {
    const id = await prepare();
    await world.source.query(`UPDATE people SET id = 7`);
    expect(await deliver(id)).toMatchObject({ kind: 'failed', code: 'RECORD_MISSING' });
    expect(await state(id)).toBe('missing');
    await world.source.query(`UPDATE people SET id = 1`);
    expect(await retryWriteBacks(world.context, { id }, 'test')).toEqual([id]);
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await atProvider()).toBe('new-hash');
    await expect(retryWriteBacks(world.context, { id }, 'test')).rejects.toMatchObject({
      code: 'WRITE_BACK_ENDED',
    });
    expect(await events()).toEqual(['write-back-missing', 'password-written-back']);
  });

  it('is tried again for 72 hours, then left to an operator with its reason', async () => {
    const id = await prepare();
    await world.source.query('ALTER TABLE people RENAME TO gone');
    expect(await deliver(id)).toMatchObject({
      kind: 'later',
      afterSeconds: 3600,
      code: 'SOURCE_SCHEMA_CHANGED',
    });
    expect(await listWriteBacks(world.context, { state: 'pending', limit: 5 })).toMatchObject([
      { id, errorCode: 'SOURCE_SCHEMA_CHANGED', provider: 'acme-hr', username: 'user1', attempts: 1 },
    ]);
    await world.context.store.read.query(`UPDATE write_backs SET created_at = now() - interval '73 h'`);
    expect(await deliver(id)).toMatchObject({ kind: 'failed' });
    expect(await state(id)).toBe('failed');
  });

  it('comes back soon when the provider cannot be reached', async () => {
    const id = await prepare();
    await world.context.store.read.query(
      `UPDATE providers SET definition = jsonb_set(definition, '{connection,port}', '1')`,
    );
    expect(await deliver(id)).toMatchObject({ kind: 'later', afterSeconds: 5, code: 'SOURCE_UNREACHABLE' });
  });
});
