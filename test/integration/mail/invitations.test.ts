import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { deliverEmail } from '../../../src/app/mail/deliver-email.ts';
import { importProfiles } from '../../../src/app/profiles/import-profiles.ts';
import { leaseEffect } from '../../../src/app/outbox/lease-effect.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aPerson } from '../../support/a-person.ts';
import { aToken, Client, openApi } from '../../support/api.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { miscounted } from '../../support/kept-counts.ts';

let world: World;
let server: FastifyInstance;
let client: Client;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(3)}`);
  server = await openApi(world.context);
  client = Client.withToken(server, await aToken(world.context));
});
afterAll(async () => {
  // Whatever was held, released, sent and used here.
  expect(await miscounted(world.context.store)).toEqual([]);
  await server.close();
  await world[Symbol.asyncDispose]();
});

const actor = 'test';

async function query<T>(sql: string, values: unknown[] = []): Promise<T[]> {
  return await world.context.store.read.query<T[]>(sql, values);
}

async function imported(names: readonly string[], hold: boolean): Promise<void> {
  const rows = names.map((name) => `${name},${name}@example.org,yes`);
  const stream = Readable.from([['username,email,preRegistration', ...rows].join('\n')]);
  await importProfiles(world.context, { stream, hold, actor });
}

interface Report {
  readonly done: number;
  readonly skipped: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly until: string | null;
  readonly next: string | null;
  readonly ids: readonly string[];
}

async function ask(path: string, body: object): Promise<Report> {
  const answer = await client.post(`/api/v1/${path}`, body);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body as Report;
}

const states = async (names: string): Promise<readonly (readonly [string, string])[]> =>
  (
    await query<{ username: string; state: string }>(
      `SELECT username, emails.state FROM emails JOIN profiles ON profiles.id = profile_id
       WHERE username LIKE $1 ORDER BY username_key, emails.created_at`,
      [names],
    )
  ).map(({ username, state }) => [username, state]);

describe('invitations that are held back', () => {
  it('wait from an import on, and go out in waves at a rate', async () => {
    await imported(['wave1', 'wave2', 'wave3', 'wave4'], true);
    expect(await states('wave%')).toEqual(['1', '2', '3', '4'].map((n) => [`wave${n}`, 'held']));
    expect(await query('SELECT 1 FROM outbox')).toEqual([]);
    const filter = { invitation: 'held', text: 'wave' };
    const listed = await client.get('/api/v1/profiles?invitation=held');
    expect((listed.body as { items: object[] }).items).toHaveLength(4);

    const body = { filter, limit: 3, perHour: 60 };
    expect(await ask('emails/release', { ...body, dryRun: true })).toMatchObject({ done: 3, skipped: 0 });
    expect(await query('SELECT 1 FROM outbox')).toEqual([]);
    const wave = await ask('emails/release', body);
    expect(wave).toMatchObject({ done: 3, skipped: 0 });
    expect(wave.ids).toHaveLength(3);
    const times = (await query<{ at: Date }>('SELECT available_at AS at FROM outbox ORDER BY 1')).map(
      ({ at }) => at.getTime(),
    );
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 60_000, 120_000]);
    expect(new Date(wave.until ?? '').getTime()).toBe(times[2]);

    const rest = await ask('emails/release', { filter, after: wave.next, notBefore: wave.until });
    expect(rest).toMatchObject({ done: 1, next: null, until: wave.until });
    expect(await ask('emails/release', { filter })).toMatchObject({ done: 0, skipped: 0 });
  });

  it('are taken from the queue, and put back', async () => {
    await imported(['pulled', 'sending', 'gone'], false);
    const id = async (name: string): Promise<string> =>
      (await query<{ id: string }>('SELECT id FROM profiles WHERE username = $1', [name]))[0]?.id ?? '';
    const [effect] = await query<{ id: string; subject: string }>(
      `SELECT outbox.id, subject_id AS subject FROM outbox JOIN emails ON emails.id = subject_id
       JOIN profiles ON profiles.id = profile_id WHERE username = 'sending'`,
    );
    // A worker has it in hand: it may be with the recipient already.
    expect(await leaseEffect(world.context, effect?.id ?? '')).not.toBeNull();
    const ids = [await id('pulled'), await id('sending'), await id('gone')];
    const held = await ask('emails/hold', { ids });
    expect(held).toMatchObject({ done: 2, skipped: 1, reasons: { 'under-way': 1 } });
    expect(await states('pulled')).toEqual([['pulled', 'held']]);
    expect(await states('sending')).toEqual([['sending', 'queued']]);
    expect(await ask('emails/hold', { ids: ids.slice(0, 1) })).toMatchObject({ reasons: { 'as-asked': 1 } });

    // Neither a worker that comes late nor a resend to many sends it.
    const [mail] = await query<{ id: string }>('SELECT id FROM emails WHERE profile_id = $1', [ids[0]]);
    const send = (): never => {
      throw new Error('sent');
    };
    const signal = new AbortController().signal;
    await deliverEmail(world.context, mail?.id ?? '', { send, signal });
    expect(await ask('emails/resend', { ids })).toMatchObject({ done: 0, reasons: { held: 2, queued: 1 } });

    await query(`UPDATE profiles SET enabled = false, disabled_reason = 'operator' WHERE id = $1`, [ids[2]]);
    const released = await ask('emails/release', { ids });
    expect(released).toMatchObject({ done: 1, reasons: { 'not-held': 1, disabled: 1 } });
    expect(await states('pulled')).toEqual([['pulled', 'queued']]);
    const lines = await client.get('/api/v1/profiles/pulled/timeline');
    expect((lines.body as { items: { kind: string }[] }).items.map(({ kind }) => kind)).toEqual([
      'invitation-released',
      'invitation-held',
      'created',
    ]);
  });

  it('go out when support sends just this person a link', async () => {
    await imported(['caller'], true);
    const answer = await client.post('/api/v1/profiles/caller/resend');
    expect(answer.body).toMatchObject({ skipped: [] });
    expect(await states('caller')).toEqual([['caller', 'queued']]);
  });

  it('wait from a run on where the definition says so, whatever the safeguard', async () => {
    await aProvider(world, {
      password: {
        format: 'auto',
        onboarding: 'pre-registration',
        invitations: 'hold',
        writeBack: { enabled: false, set: {}, conflict: 'newest' },
      },
      safeguards: {
        deletions: { count: 500, percent: 5, floor: 20 },
        changes: { percent: 50, floor: 100 },
        emails: 1,
      },
    });
    const cause = { kind: 'operator', name: actor } as const;
    const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
    await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
    expect(await states('user%')).toEqual(['1', '2', '3'].map((n) => [`user${n}`, 'held']));
    expect(await query(`SELECT state FROM runs WHERE id = '${runId}'`)).toEqual([{ state: 'done' }]);
  });
});

describe('a reset for many', () => {
  it('concerns those with a password, ends their sessions, and can be taken back', async () => {
    const with1 = await aPerson(world.context, { password: 'some password of mine' });
    const none = await aPerson(world.context);
    const off = await aPerson(world.context, { password: 'some password of mine', enabled: false });
    await query(
      `INSERT INTO sessions (id, token_hash, profile_id, expires_at) VALUES ($1, '\\x01', $2, now() + interval '1 hour')`,
      [newId(), with1.id],
    );
    const ids = [with1.id, none.id, off.id];
    const reasons = { 'no-password': 1, disabled: 1 };
    const dry = await ask('profiles/force-reset', { ids, dryRun: true });
    expect(dry).toMatchObject({ done: 1, skipped: 2, reasons });
    expect(await query('SELECT 1 FROM sessions')).toHaveLength(1);
    expect(await ask('profiles/force-reset', { ids })).toMatchObject({ done: 1, reasons, ids: [with1.id] });
    expect(await query('SELECT 1 FROM sessions')).toEqual([]);
    expect(await query('SELECT id FROM profiles WHERE force_reset')).toEqual([{ id: with1.id }]);
    expect(await ask('profiles/force-reset', { ids, on: false })).toMatchObject({ done: 1 });
    const audited = await client.get('/api/v1/audit?action=profile.force-reset');
    expect((audited.body as { items: object[] }).items).toMatchObject([
      { subject: 'several', detail: { done: 1, skipped: 2 } },
    ]);
  });

  it('never means everybody by saying nothing', async () => {
    const [{ id }] = (await query<{ id: string }>('SELECT id FROM profiles LIMIT 1')) as [{ id: string }];
    for (const path of ['profiles/force-reset', 'emails/hold', 'emails/release', 'emails/resend'])
      for (const body of [
        {},
        { ids: [] },
        { ids: [id], filter: {} },
        { limit: 5 },
        { filter: { nobody: 1 } },
      ])
        expect([path, body, (await client.post(`/api/v1/${path}`, body)).status]).toEqual([path, body, 422]);
  });
});
