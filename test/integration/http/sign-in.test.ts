import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { REFUSAL_MS } from '../../../src/app/passwords/answer-time.ts';
import { aPerson } from '../../support/a-person.ts';
import { aToken, Client, openApi, type Sent } from '../../support/api.ts';
import { createHostedPages, signsIn, tokenOf, type HostedPages } from '../../support/hosted-pages.ts';

const TEMPORARY = 'temporary horse battery';
const CHOSEN = 'correct horse battery staple';
const address = '203.0.113.7';

let pages: HostedPages;
let server: FastifyInstance;
let application: Client;

beforeAll(async () => {
  pages = await createHostedPages();
  server = await openApi(pages.context);
  application = Client.withToken(server, await aToken(pages.context, ['sign-in']));
});
afterAll(async () => {
  await server.close();
  await pages[Symbol.asyncDispose]();
});

async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return await pages.context.store.read.query<T[]>(sql, values);
}

async function signIn(username: string, password: string, from = address): Promise<Sent> {
  return await application.post('/api/v1/sign-in', { username, password, address: from });
}

async function continuationOf(username: string): Promise<string> {
  const { status, body } = await signIn(username, TEMPORARY);
  expect([status, body]).toMatchObject([200, { status: 'password_change_required', expiresInSeconds: 900 }]);
  return (body as { continuation: string }).continuation;
}

describe('POST /api/v1/sign-in', () => {
  it('says who signed in, and begins no session', async () => {
    const person = await aPerson(pages.context, { password: CHOSEN });
    const { status, body, response } = await signIn(person.username, CHOSEN);
    expect([status, body]).toMatchObject([
      200,
      { status: 'signed_in', profile: { id: person.id, username: person.username, email: person.email } },
    ]);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(await rows('SELECT 1 FROM sessions')).toEqual([]);
    expect(await rows('SELECT kind FROM profile_events WHERE profile_id = $1', person.id)).toEqual([
      { kind: 'signed-in' },
    ]);
  });

  it('refuses with one answer, after one time, whatever the reason', async () => {
    const wrong = await aPerson(pages.context, { password: CHOSEN });
    const disabled = await aPerson(pages.context, { password: CHOSEN, enabled: false });
    const invited = await aPerson(pages.context, { preRegistration: true });
    const answers: unknown[] = [];
    for (const name of [wrong.username, disabled.username, invited.username, 'nobody', 'a\u0001b']) {
      const before = performance.now();
      const { status, body } = await signIn(name, TEMPORARY);
      expect(performance.now() - before).toBeGreaterThanOrEqual(REFUSAL_MS - 1);
      answers.push({ status, ...(body as object), instance: '', requestId: '' });
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('counts with the hosted page: per person, and per address that the application names', async () => {
    const { id, username } = await aPerson(pages.context, { password: CHOSEN });
    for (let n = 0; n < 3; n += 1) await signIn(username, TEMPORARY, '2001:db8:1:2:3::4');
    for (let n = 0; n < 2; n += 1) await signsIn(pages, username, TEMPORARY);
    expect((await signIn(username, CHOSEN)).status).toBe(401);
    expect(await signsIn(pages, username, CHOSEN)).toBe(false);
    expect(
      await rows('SELECT failures FROM sign_in_attempts WHERE key = $1', `sign-in/account/${id}`),
    ).toEqual([{ failures: 5 }]);
    expect(
      await rows(`SELECT failures FROM sign_in_attempts WHERE key = 'sign-in/address/2001:db8:1:2::/64'`),
    ).toEqual([{ failures: 3 }]);
  });

  it('is for applications alone', async () => {
    const others = await aToken(pages.context, ['profiles:read', 'profiles:write']);
    const body = { username: 'a', password: 'b', address };
    expect((await Client.withToken(server, others).post('/api/v1/sign-in', body)).status).toBe(403);
    expect((await new Client(server, {}).post('/api/v1/sign-in', body)).status).toBe(401);
  });

  it.each([
    [{ username: 'a', password: 'b' }],
    [{ username: 'a', password: 'b', address: 'here' }],
    [{ username: ['a'], password: 'b', address }],
    [{ username: 'a', password: { $ne: 1 }, address }],
    [{ username: 'a', password: 'b', address, role: 'admin' }],
  ])('refuses the body %j', async (body) => {
    expect((await application.post('/api/v1/sign-in', body)).status).toBe(422);
  });
});

describe('POST /api/v1/sign-in/password', () => {
  it('replaces a temporary password once', async () => {
    const { username } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const continuation = await continuationOf(username);
    const set = async (password: string): Promise<Sent> =>
      await application.post('/api/v1/sign-in/password', { continuation, password });
    expect([(await set('too short')).status, (await set('too short')).body]).toMatchObject([
      422,
      { code: 'PASSWORD_UNSUITABLE', problems: [{ path: 'password', code: 'PASSWORD_TOO_SHORT' }] },
    ]);
    expect((await set(TEMPORARY)).body).toMatchObject({ problems: [{ code: 'SAME_AS_CURRENT' }] });
    expect(await set(CHOSEN)).toMatchObject({
      status: 200,
      body: { status: 'password_set', writeBack: null },
    });
    expect((await set('another horse battery')).body).toMatchObject({ code: 'CONTINUATION_OVER' });
    expect((await signIn(username, CHOSEN)).body).toMatchObject({ status: 'signed_in' });
    expect(await rows('SELECT 1 FROM sessions')).toEqual([]);
  });

  it('takes no token of another purpose', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    const continuation = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const { body } = await application.post('/api/v1/sign-in/password', { continuation, password: CHOSEN });
    expect(body).toMatchObject({ code: 'CONTINUATION_OVER' });
    expect((await signIn(username, TEMPORARY)).body).toMatchObject({ status: 'signed_in' });
  });
});
