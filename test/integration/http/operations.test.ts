import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { deliverEmail } from '../../../src/app/mail/deliver-email.ts';
import { listCaptured } from '../../../src/app/mail/captured-mailbox.ts';
import { abandonEffect } from '../../../src/app/outbox/abandon-effect.ts';
import { leaseEffect } from '../../../src/app/outbox/lease-effect.ts';
import { settleEffect } from '../../../src/app/outbox/settle-effect.ts';
import { resendRegistration } from '../../../src/app/mail/resend-registration.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aPerson } from '../../support/a-person.ts';
import { apiParts } from '../../support/api-parts.ts';
import { anOperator, aToken, Client, openApi, signedIn } from '../../support/api.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let parts: Awaited<ReturnType<typeof apiParts>>;
let admin: Client;
let support: Client;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(40)}`);
  await aProvider(world);
  const templatesDirectory = await mkdtemp(join(tmpdir(), 'tributary-templates-'));
  await mkdir(join(templatesDirectory, 'sv'));
  await writeFile(join(templatesDirectory, 'sv', 'password-set.subject.liquid'), 'Klart {{ nonsense }}');
  parts = await apiParts({ templatesDirectory });
  server = await openApi(world.context, parts);
  await anOperator(world.context, 'ada', 'admin');
  await anOperator(world.context, 'sam', 'support');
  admin = await signedIn(server, 'ada');
  support = await signedIn(server, 'sam');
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

async function runNow(body: object = {}): Promise<string> {
  const { runId } = (await admin.post('/api/v1/runs', { provider: 'acme-hr', ...body })).body as {
    runId: string;
  };
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return runId;
}

interface Items<T> {
  readonly items: readonly T[];
}

describe('a run', () => {
  it('is told by outcome, and narrowed down to what is looked for', async () => {
    await runNow();
    await world.source.query(`UPDATE people SET first_name = 'Nova' WHERE id <= 3`);
    await world.source.query(`UPDATE people SET login = '' WHERE id = 7`);
    await world.source.query(`DELETE FROM people WHERE id = 9`);
    const runId = await runNow();
    const { body } = await admin.get(`/api/v1/runs/${runId}/outcomes`);
    expect(body).toEqual({
      records: [
        { action: 'disable', state: 'applied', records: 1 },
        { action: 'update', state: 'applied', records: 3 },
      ],
      faults: [{ code: expect.any(String) as unknown, open: 1, mended: 0 }],
    });
    const records = async (query: string): Promise<readonly { recordKey: string; username: string }[]> =>
      ((await admin.get(`/api/v1/runs/${runId}/records?${query}`)).body as Items<never>).items;
    expect((await records('action=update')).map(({ recordKey }) => recordKey)).toEqual(['1', '2', '3']);
    expect(await records('action=update&recordKey=2')).toMatchObject([
      { username: expect.any(String) as unknown, changes: { givenName: { to: 'Nova' } } },
    ]);
    expect(await records('state=skipped')).toEqual([]);
    const exported = await admin.get(`/api/v1/exports/runs/${runId}/records?format=ndjson&action=disable`);
    expect(exported.response.body.trim().split('\n')).toHaveLength(1);

    const errors = async (query: string): Promise<readonly unknown[]> =>
      ((await admin.get(`/api/v1/runs/${runId}/errors?${query}`)).body as Items<never>).items;
    expect(await errors('open=true')).toHaveLength(1);
    await world.source.query(`UPDATE people SET login = 'mended' WHERE id = 7`);
    await runNow({ kind: 'record', recordKey: '7' });
    expect([await errors('open=true'), await errors('open=false')]).toEqual([[], [expect.anything()]]);
  });
});

describe('the overview', () => {
  it('counts what has been going on, and how far invitations are', async () => {
    const waiting = await Promise.all(
      Array.from({ length: 3 }, async () => await aPerson(world.context, { preRegistration: true })),
    );
    await aPerson(world.context, { preRegistration: true, enabled: false });
    const [sent, broken] = waiting.map(({ id }) => id);
    const emails: Record<string, string> = {};
    for (const profileId of [sent!, broken!]) {
      await resendRegistration(world.context, { profileIds: [profileId], cause: { kind: 'system' } });
      const { items } = (await admin.get(`/api/v1/emails?profileId=${profileId}`)).body as Items<{
        id: string;
      }>;
      emails[profileId] = items[0]!.id;
    }
    const signal = new AbortController().signal;
    await deliverEmail(world.context, emails[sent!]!, { send: parts.mail.send, signal });
    await deliverEmail(world.context, emails[broken!]!, {
      send: () => Promise.resolve({ kind: 'permanent-recipient', code: 'ADDRESS_UNKNOWN' }),
      signal,
    });
    const overview = (await support.get('/api/v1/overview?span=day')).body as {
      needs: object;
      invitations: object;
      activity: readonly { created: number; updated: number; disabled: number; registrationsSent: number }[];
    };
    expect(overview.invitations).toEqual({
      notInvited: 1,
      held: 0,
      queued: 0,
      sent: 1,
      expired: 0,
      undeliverable: 1,
    });
    expect(overview.needs).toMatchObject({
      undeliverable: 1,
      stuckWriteBacks: 0,
      abandonedRuns: 0,
      faulty: [],
    });
    expect(overview.activity).toHaveLength(24);
    const sum = (field: 'created' | 'updated' | 'disabled' | 'registrationsSent'): number =>
      overview.activity.reduce((total, hour) => total + hour[field], 0);
    expect([sum('created'), sum('disabled'), sum('registrationsSent')]).toEqual([40, 1, 1]);
    expect(
      ((await support.get('/api/v1/overview?span=month')).body as typeof overview).activity,
    ).toHaveLength(30);
  });
});

describe('work that was given up', () => {
  it('is listed with its reason and done again, one or all', async () => {
    const give = async (kind: string): Promise<void> => {
      const [row] = await world.context.store.read.query<{ id: string }[]>(
        `SELECT id FROM outbox WHERE kind = $1 AND state = 'pending' ORDER BY created_at DESC LIMIT 1`,
        [kind],
      );
      const lease = await leaseEffect(world.context, row!.id);
      const outcome = { kind: 'failed', code: 'ABANDONED', reason: 'it died again and again' } as const;
      await settleEffect(world.context, lease!, await abandonEffect(world.context, lease!, outcome));
    };
    await world.context.store.read.query(`UPDATE outbox SET state = 'done' WHERE state = 'pending'`);
    const { id } = await aPerson(world.context, { preRegistration: true });
    await resendRegistration(world.context, { profileIds: [id], cause: { kind: 'system' } });
    await give('email');
    await admin.post('/api/v1/runs', { provider: 'acme-hr' });
    await give('run');
    const listed = (await support.get('/api/v1/work')).body as Items<{ id: string; kind: string }>;
    expect(listed.items).toMatchObject([
      { kind: 'run', about: 'full', provider: 'acme-hr', errorCode: 'ABANDONED', state: 'failed' },
      { kind: 'email', about: 'registration', profileId: id, error: 'it died again and again' },
    ]);
    expect((await support.get('/api/v1/overview')).body).toMatchObject({ needs: { abandonedRuns: 1 } });
    const email = listed.items[1]!.id;
    expect((await support.post('/api/v1/work/retry', { id: email })).body).toEqual({ retried: 1 });
    expect((await support.post('/api/v1/work/retry', { id: email })).body).toMatchObject({
      status: 409,
      code: 'WORK_NOT_FAILED',
    });
    expect((await support.post('/api/v1/work/retry', { all: true })).body).toEqual({ retried: 1 });
    expect((await support.get('/api/v1/work')).body).toMatchObject({ items: [] });
    expect((await support.get('/api/v1/work?state=pending&kind=run')).body).toMatchObject({
      items: [{ kind: 'run', provider: 'acme-hr', attempts: 0 }],
    });
    const { items } = (await support.get('/api/v1/work/waiting')).body as Items<{
      kind: string;
      due: number;
    }>;
    expect(items.map(({ kind, due }) => [kind, due])).toEqual([
      ['email', 1],
      ['run', 1],
    ]);
    const audit = (await admin.get('/api/v1/audit?action=work')).body as Items<{ detail: object }>;
    expect(audit.items.map(({ detail }) => detail)).toEqual([
      { retried: 1, of: 1 },
      { retried: 1, of: 1 },
    ]);
  });
});

describe('templates', () => {
  it('are shown as they would be read, and run nothing', async () => {
    const { items } = (await support.get('/api/v1/email-templates')).body as Items<{ origin: string }>;
    expect(items).toHaveLength(6);
    expect(items.filter(({ origin }) => origin === 'own')).toMatchObject([
      { kind: 'password-set', language: 'sv' },
    ]);
    const url = '/api/v1/email-templates/registration/sv';
    expect((await support.get(url)).body).toMatchObject({
      text: expect.stringContaining('Freja') as unknown,
    });
    const html = await support.get(`${url}/html?scheme=dark`);
    expect(html.response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-frame-options': 'SAMEORIGIN',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox$/) as unknown,
    });
    expect(html.response.body).toContain('@media all');
    expect((await support.get(`${url}/html`)).response.body).toContain('@media not all');
    expect((await support.get('/api/v1/email-templates/registration/xx')).body).toMatchObject({
      status: 404,
      code: 'TEMPLATE_NOT_FOUND',
    });
    expect((await support.get('/api/v1/email-templates/password-set/sv')).body).toMatchObject({
      status: 409,
      code: 'TEMPLATE_BROKEN',
      detail: expect.stringContaining('nonsense') as unknown,
    });
  });

  it('are sent to the operator who asks, and to nobody else', async () => {
    const url = '/api/v1/email-templates/password-reset/en/test';
    expect((await support.post(url)).body).toMatchObject({ status: 409, code: 'OPERATOR_EMAIL_MISSING' });
    const setEmail = async (email: unknown): Promise<unknown> =>
      (await support.send('PUT', '/api/v1/me/email', { body: { email } })).body;
    expect(await setEmail('sam@example.org, other@example.org')).toMatchObject({ code: 'OPERATOR_INVALID' });
    await setEmail('sam@example.org');
    expect((await support.get('/api/v1/me')).body).toMatchObject({ email: 'sam@example.org' });
    expect((await support.post(url, { to: 'other@example.org' })).body).toEqual({ to: 'sam@example.org' });
    const captured = await listCaptured(parts.capturedDirectory);
    expect(captured.filter(({ to }) => to === 'sam@example.org')).toHaveLength(1);
    expect((await readdir(parts.capturedDirectory)).length).toBe(captured.length);
    expect((await admin.get('/api/v1/audit?action=email.test')).body).toMatchObject({
      items: [{ actor: 'sam', subject: 'password-reset', detail: { outcome: 'sent' } }],
    });
  });
});

describe('the installation', () => {
  it('shows every setting in effect and no secret', async () => {
    const { body, response } = await admin.get('/api/v1/installation');
    expect(body).toMatchObject({
      version: '1.2.3',
      keyId: world.context.keyring.keyId,
      branding: { productName: 'Access Management', accentColour: '#a3005c', hasLogo: true },
    });
    const { settings } = body as { settings: { variable: string; value: string; origin: string }[] };
    expect(settings.find(({ variable }) => variable === 'REDIS_URL')).toMatchObject({
      value: 'redis://:********@redis.example:6379/0',
      origin: 'environment',
    });
    expect(response.body).not.toContain('hush');
    expect(response.body).not.toContain(parts.secretKey);
  });

  it('says what is well and what is not, all of it', async () => {
    const { items } = (await admin.post('/api/v1/installation/checks')).body as Items<{
      name: string;
      state: string;
      detail: string;
    }>;
    const states = Object.fromEntries(items.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({
      migrations: 'ok',
      key: 'ok',
      queues: 'ok',
      clock: 'ok',
      'public address': 'warn',
      'provider acme-hr': 'ok',
    });
    expect(items.find(({ name }) => name === 'mail')).toMatchObject({
      state: 'fail',
      detail: 'the mail server does not answer',
    });
  });
});

describe('the audit log', () => {
  it('is narrowed down to a stretch of time', async () => {
    const all = (await admin.get('/api/v1/audit')).body as Items<{ seq: string; at: string }>;
    const middle = all.items[Math.floor(all.items.length / 2)]!.at.replace(/\d{3}Z$/, 'Z');
    const since = (await admin.get(`/api/v1/audit?since=${middle}`)).body as Items<{ seq: string }>;
    const until = (await admin.get(`/api/v1/audit?until=${middle}`)).body as Items<{ seq: string }>;
    expect(since.items.length).toBeGreaterThan(0);
    expect(until.items.length).toBeGreaterThan(0);
    expect([...since.items, ...until.items].map(({ seq }) => seq)).toEqual(all.items.map(({ seq }) => seq));
    expect((await admin.get('/api/v1/audit?since=yesterday')).status).toBe(422);
  });

  it('is asked for by nobody without its scope', async () => {
    const client = Client.withToken(server, await aToken(world.context, ['runs:read']));
    expect((await client.get('/api/v1/installation')).body).toMatchObject({ code: 'SCOPE_MISSING' });
  });
});
