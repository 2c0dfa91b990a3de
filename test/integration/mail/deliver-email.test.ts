import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openMailer, type Mailer } from '../../../jobs/mail/mailer.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { deliverEmail } from '../../../src/app/mail/deliver-email.ts';
import { listEmails } from '../../../src/app/mail/list-emails.ts';
import { resendRegistration } from '../../../src/app/mail/resend-registration.ts';
import { retryEmails } from '../../../src/app/mail/retry-emails.ts';
import type { EffectOutcome } from '../../../src/app/outbox/effect-outcome.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { EmailKind } from '../../../src/store/entities/effects.ts';
import { requestEmails } from '../../../src/store/mail/request-emails.ts';
import { aPerson } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';
import { silentLogger } from '../../support/logger.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';

let world: World;
let server: MailServer;
let mailer: Mailer;
const signal = new AbortController().signal;
const cause = { kind: 'operator', name: 'support' } as const;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await world.context.store.read.query('TRUNCATE profiles, outbox CASCADE');
  server = await startMailServer();
  mailer = mailerFor(server);
});
afterEach(async () => {
  await mailer[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function mailerFor({ url }: MailServer): Mailer {
  return openMailer({
    smtpUrl: new Secret(url),
    capturedDirectory: '/nowhere',
    from: 'no-reply@access.example',
    productName: 'Access Management',
    publicUrl: 'http://localhost:4600',
    templatesDirectory: null,
    logger: silentLogger,
  });
}

async function request(profileId: string, kind: EmailKind = 'registration'): Promise<string> {
  const { store } = world.context;
  const [id = ''] = await store.transaction((tx) =>
    requestEmails(tx, kind, { profileIds: [profileId], cause }),
  );
  return id;
}

async function deliver(id: string): Promise<EffectOutcome> {
  return await deliverEmail(world.context, id, { send: mailer.send, signal });
}

async function one(sql: string, ...params: unknown[]): Promise<Record<string, unknown>> {
  const rows = await world.context.store.read.query<Record<string, unknown>[]>(sql, params);
  return rows[0] ?? {};
}
const email = async (id: string): Promise<Record<string, unknown>> =>
  await one('SELECT * FROM emails WHERE id = $1', id);

async function events(profileId: string): Promise<unknown[]> {
  const rows = await world.context.store.read.query<{ kind: string }[]>(
    'SELECT kind FROM profile_events WHERE profile_id = $1 ORDER BY id',
    [profileId],
  );
  return rows.map((row) => row.kind);
}

describe('a registration e-mail', () => {
  it('goes to one recipient, in HTML and text, with its link, and is not sent again', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await deliver(id)).toEqual({ kind: 'done' });
    const [received, ...more] = server.received;
    expect(more).toEqual([]);
    expect(received?.to).toEqual([person.email]);
    expect(received?.messageId).toBe(`<${id}@localhost>`);
    expect(received?.link).toMatch(/^http:\/\/localhost:4600\/password\/first\?token=[\w-]{64}$/);
    expect(received?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received?.mail.html).toContain(received?.link ?? '-');
    expect(await email(id)).toMatchObject({ state: 'sent', recipient: person.email, attempts: 1 });
    expect(await events(person.id)).toEqual(['email-sent']);
  });

  it.each([
    [{ enabled: false, preRegistration: true }, 'cancelled', 'PROFILE_DISABLED'],
    [{ preRegistration: false }, 'cancelled', 'ALREADY_REGISTERED'],
    [{ preRegistration: true, email: null }, 'failed', 'ADDRESS_MISSING'],
    [{ preRegistration: true, email: 'a@x.example, b@y.example' }, 'undeliverable', 'ADDRESS_INVALID'],
    [{ preRegistration: true, email: 'a@x.example\r\nBcc: e@y.example' }, 'undeliverable', 'ADDRESS_INVALID'],
  ])('is not sent to %j', async (about, state, code) => {
    const person = await aPerson(world.context, about);
    const id = await request(person.id);
    expect(await deliver(id)).toMatchObject({ code });
    expect(server.received).toEqual([]);
    expect(await email(id)).toMatchObject({ state, error_code: code });
  });

  it('carries the same link on a retry', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    server.script.push({ at: 'after-data' });
    expect(await deliver(id)).toMatchObject({ kind: 'later' });
    expect(await deliver(id)).toEqual({ kind: 'done' });
    const [first, second] = server.received;
    expect(second?.link).toBe(first?.link);
    expect(second?.messageId).toBe(first?.messageId);
    expect(server.received).toHaveLength(2);
  });

  it('carries a new link when the first has expired', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    server.script.push({ at: 'after-data' });
    await deliver(id);
    await world.context.store.read.query('UPDATE action_tokens SET expires_at = now()');
    await deliver(id);
    const [first, second] = server.received;
    expect(second?.link).not.toBe(first?.link);
  });

  it('goes to the new address, and the link sent to the old one is dead', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    server.script.push({ at: 'after-data' });
    await deliver(id);
    const { token_id: old } = await email(id);
    await world.context.store.read.query(`UPDATE profiles SET email = 'new@people.example' WHERE id = $1`, [
      person.id,
    ]);
    await deliver(id);
    const [first, second] = server.received;
    expect(second?.to).toEqual(['new@people.example']);
    expect(second?.link).not.toBe(first?.link);
    const token = await one('SELECT expires_at <= now() AS over FROM action_tokens WHERE id = $1', old);
    expect(token).toEqual({ over: true });
  });

  it('is not sent again when its link was used although the connection broke', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    server.script.push({ at: 'after-data' });
    await deliver(id);
    await world.context.store.read.query('UPDATE action_tokens SET used_at = now()');
    expect(await deliver(id)).toMatchObject({ kind: 'cancelled', code: 'LINK_USED' });
    expect(server.received).toHaveLength(1);
  });
});

describe('what a server answers', () => {
  const temporary = { kind: 'later', state: 'queued' } as const;
  const permanent = { kind: 'failed', state: 'failed' } as const;
  it.each([
    [
      { at: 'connect', reply: 421 },
      { ...temporary, code: 'SMTP_421' },
    ],
    [
      { at: 'recipient', reply: 450 },
      { ...temporary, code: 'SMTP_450' },
    ],
    [
      { at: 'data', reply: 451 },
      { ...temporary, code: 'SMTP_451' },
    ],
    [
      { at: 'data', reply: 552, text: '5.2.2 full' },
      { ...temporary, code: 'SMTP_552' },
    ],
    [{ at: 'after-data' }, { ...temporary, code: 'SMTP_ECONNECTION' }],
    [
      { at: 'recipient', reply: 550 },
      { kind: 'failed', state: 'undeliverable', code: 'SMTP_550' },
    ],
    [
      { at: 'data', reply: 552, text: '5.3.4 too big' },
      { ...permanent, code: 'SMTP_552' },
    ],
    [
      { at: 'data', reply: 554 },
      { ...permanent, code: 'SMTP_554' },
    ],
  ] as const)('%j', async (misbehaviour, { kind, state, code }) => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    server.script.push(misbehaviour);
    expect(await deliver(id)).toMatchObject({ kind, code });
    expect(await email(id)).toMatchObject({ state, error_code: code, attempts: 1 });
    const { email_undeliverable_at: marked } = await one('SELECT * FROM profiles WHERE id = $1', person.id);
    expect(marked === null).toBe(state !== 'undeliverable');
    expect(await events(person.id)).toEqual(state === 'queued' ? [] : [`email-${state}`]);
  });

  it('is given up after eight attempts, and starts over when an operator asks', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      server.script.push({ at: 'recipient', reply: 451 });
      expect(await deliver(id)).toMatchObject({ kind: attempt < 8 ? 'later' : 'failed' });
    }
    expect(await email(id)).toMatchObject({ state: 'failed', attempts: 8 });
    expect(await retryEmails(world.context, { all: true }, 'test')).toEqual([id]);
    expect(await deliver(id)).toEqual({ kind: 'done' });
  });

  it('pauses all mail and uses up no attempts while the login is refused', async () => {
    await using strict = await startMailServer({ login: true });
    await mailer[Symbol.asyncDispose]();
    mailer = mailerFor(strict);
    strict.script.push({ at: 'login', reply: 535 });
    const people = [
      await aPerson(world.context, { preRegistration: true }),
      await aPerson(world.context, { preRegistration: true }),
    ];
    const [first, second] = [await request(people[0]!.id), await request(people[1]!.id)];
    expect(await deliver(first)).toEqual({ kind: 'handed-back', afterSeconds: 300 });
    expect(await email(first)).toMatchObject({ state: 'queued', attempts: 0, error_code: 'SMTP_535' });
    const other = await one(
      `SELECT available_at > now() + interval '4 min' AS paused FROM outbox WHERE subject_id = $1`,
      second,
    );
    expect(other).toEqual({ paused: true });
    expect(await deliver(first)).toEqual({ kind: 'done' });
  });

  it('leaves an e-mail queued when it is aborted', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const id = await request(person.id);
    const stop = AbortSignal.abort(new Error('stopping'));
    await expect(deliverEmail(world.context, id, { send: mailer.send, signal: stop })).rejects.toThrow(
      'stopping',
    );
    expect(await email(id)).toMatchObject({ state: 'queued' });
  });
});

describe('sending again', () => {
  it('makes a new link, one e-mail at a time, and says whom it skipped', async () => {
    const person = await aPerson(world.context, { preRegistration: true });
    const settled = await aPerson(world.context, { password: 'a long enough password' });
    const nobody = newId();
    const ask = { profileIds: [person.id, settled.id, nobody], cause };
    const first = await resendRegistration(world.context, ask);
    expect(first.done).toEqual([person.id]);
    expect(first.skipped).toEqual([
      { profileId: settled.id, reason: 'not-pre-registered' },
      { profileId: nobody, reason: 'not-found' },
    ]);
    const again = await resendRegistration(world.context, { profileIds: [person.id], cause });
    expect(again.skipped).toEqual([{ profileId: person.id, reason: 'queued' }]);
    const [listed] = await listEmails(world.context, { state: 'queued', limit: 10 });
    await deliver(listed!.id);
    await resendRegistration(world.context, { profileIds: [person.id], cause });
    const [newest] = await listEmails(world.context, { state: 'queued', profileId: person.id, limit: 10 });
    await deliver(newest!.id);
    const [one1, two] = server.received;
    expect(two?.link).not.toBe(one1?.link);
    const audited = await one(`SELECT count(*)::int AS n FROM audit_entries WHERE action = 'email.resend'`);
    expect(audited).toEqual({ n: 3 });
  });

  it('spreads invitations over time', async () => {
    const people = [];
    for (let n = 0; n < 3; n += 1) people.push(await aPerson(world.context, { preRegistration: true }));
    await resendRegistration(world.context, { profileIds: people.map(({ id }) => id), cause, perHour: 60 });
    const waits = await world.context.store.read.query<{ wait: number }[]>(
      `SELECT round(extract(epoch FROM available_at - created_at))::int AS wait FROM outbox ORDER BY available_at`,
    );
    expect(waits.map(({ wait }) => wait)).toEqual([0, 60, 120]);
  });
});
