import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { buildServer } from '../../../src/http/server.ts';
import { errorPage } from '../../../src/pages/error-page.ts';
import { pages as pagesOn } from '../../../src/pages/plugin.ts';
import type { Argon2Cost } from '../../../src/passwords/costs.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { aPerson } from '../../support/a-person.ts';
import { anOperator, aToken, Client, openApi, OPERATOR_PASSWORD, signedIn } from '../../support/api.ts';
import {
  Browser,
  createHostedPages,
  signsIn,
  tokenOf,
  type HostedPages,
} from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const ANOTHER = 'seven unlikely words walk home';
const CROWD = 8;

/** So dear that a crowd comes together before anybody is through. */
const DEAR: Argon2Cost = { memoryKiB: 32_768, passes: 6, lanes: 1 };

/** Its queue is full whenever anybody comes. */
const full = createPasswordHasher({ atOnce: 0, mayWait: 0 });

/** The same people met by a process that has room, and by one whose queue is full. */
let pages: HostedPages;
let busy: { readonly pages: FastifyInstance; readonly api: FastifyInstance };
let closing: readonly (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  pages = await createHostedPages();
  const { server, api } = await serversOf({ ...pages.context, passwords: full });
  busy = { pages: server, api };
});
afterAll(async () => {
  for (const close of closing) await close();
  await pages[Symbol.asyncDispose]();
});

type Owned = AppContext & { readonly passwords: AsyncDisposable };

async function serversOf(context: Owned): Promise<{ server: FastifyInstance; api: FastifyInstance }> {
  const server = await buildServer(context, {
    plugins: [pagesOn(context, { mailDirectory: pages.mailDirectory })],
    errorPage: await errorPage(context, {}),
  });
  const api = await openApi(context);
  const dispose = async (): Promise<void> => await context.passwords[Symbol.asyncDispose]();
  closing = [() => server.close(), () => api.close(), dispose, ...closing];
  return { server, api };
}

async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return await pages.context.store.read.query<T[]>(sql, values);
}

/** Counters that hold anything against anybody. */
async function held(): Promise<unknown[]> {
  return await rows('SELECT * FROM sign_in_attempts WHERE failures > 0 OR blocked_until IS NOT NULL');
}

const isShown = (response: LightMyRequestResponse, text: string): void => {
  expect([response.statusCode, response.headers['retry-after'], response.headers['cache-control']]).toEqual([
    503,
    '2',
    'no-store',
  ]);
  expect(response.headers['content-type']).toMatch(/^text\/html/);
  expect(response.body).toContain(text);
  expect(response.headers['set-cookie']).toBeUndefined();
};

const ADVICE = 'Wait a few seconds, go back and try again. It does not count as a wrong password.';

describe('a full queue of hashes', () => {
  it('has a person wait and try again, in their language, and holds nothing against them', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = new Browser(busy.pages);
    for (const name of [username, 'nobody']) {
      isShown(await browser.post('/sign-in', { username: name, password: PASSWORD }), ADVICE);
      isShown(await browser.post('/sign-in', { username: name, password: 'wrong horse battery' }), ADVICE);
    }
    browser.headers['accept-language'] = 'sv';
    const swedish = await browser.post('/sign-in', { username, password: PASSWORD });
    isShown(swedish, 'Det räknas inte som ett felaktigt lösenord.');
    expect(await held()).toEqual([]);
    expect(await signsIn(pages, username, PASSWORD)).toBe(true);
  });

  it('says the same to an application, as a problem that says when to try again', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD, forceReset: true });
    const application = Client.withToken(busy.api, await aToken(pages.context, ['sign-in']));
    const sent = await application.post('/api/v1/sign-in', {
      username,
      password: PASSWORD,
      address: '203.0.113.7',
    });
    const problem = { status: 503, code: 'HASHING_BUSY' };
    expect(sent).toMatchObject({ status: 503, body: problem });
    expect(sent.response.headers).toMatchObject({
      'retry-after': '2',
      'content-type': expect.stringMatching(/^application\/problem\+json/) as unknown,
    });
    const continuation = await tokenOf(pages, { profileId: id, purpose: 'change-password' });
    const set = { continuation, password: ANOTHER };
    expect(await application.post('/api/v1/sign-in/password', set)).toMatchObject({ body: problem });
    expect(await held()).toEqual([]);
    const { api } = await serversOf({ ...pages.context, passwords: createPasswordHasher() });
    const again = Client.withToken(api, await aToken(pages.context, ['sign-in']));
    expect(await again.post('/api/v1/sign-in/password', set)).toMatchObject({ status: 200 });
  });

  it('uses up neither a link nor a try at the current password', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const token = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: PASSWORD });
    const hurried = new Browser(busy.pages);
    hurried.replaceCookies(browser.cookies);
    const chosen = { password: ANOTHER, passwordAgain: ANOTHER };
    const change = { currentPassword: PASSWORD, ...chosen };
    for (let n = 0; n < 6; n += 1) isShown(await hurried.post('/password/change', change), ADVICE);
    isShown(await hurried.post('/password/reset', { token, ...chosen }), ADVICE);
    expect(await held()).toEqual([]);
    // A right current password is none against them either, whatever is wrong with the new one.
    const short = { currentPassword: PASSWORD, password: 'short', passwordAgain: 'short' };
    expect((await browser.post('/password/change', short)).statusCode).toBe(422);
    expect(await held()).toEqual([]);
    expect((await browser.post('/password/reset', { token, ...chosen })).statusCode).toBe(200);
    expect(await signsIn(pages, username, ANOTHER)).toBe(true);
  });

  it('keeps no operator out', async () => {
    await anOperator(pages.context, 'ada', 'admin');
    const { api } = await serversOf({ ...pages.context, passwords: createPasswordHasher() });
    const inside = await signedIn(api, 'ada');
    const atBusy = Client.withCookie(busy.api, inside.cookie);
    const body = { current: OPERATOR_PASSWORD, password: PASSWORD };
    for (let n = 0; n < 6; n += 1) {
      const credentials = { name: 'ada', password: OPERATOR_PASSWORD };
      expect((await new Client(busy.api, {}).post('/api/v1/session', credentials)).status).toBe(503);
      expect((await atBusy.send('PUT', '/api/v1/me/password', { body })).status).toBe(503);
    }
    expect(await held()).toEqual([]);
    expect((await signedIn(api, 'ada')).cookie).not.toBe('');
  });

  it('lets in who is right, though there is no room to hash the password anew', async () => {
    const people = await peopleWith({ memoryKiB: 2_048, passes: 1, lanes: 1 }, 1);
    const room = createPasswordHasher();
    const { server } = await serversOf({
      ...pages.context,
      passwords: { ...room, hash: (password) => full.hash(password) },
    });
    const { id, username } = people[0]!;
    const browser = new Browser(server);
    const kept = await rows('SELECT local_hash FROM credentials WHERE profile_id = $1', id);
    expect((await browser.post('/sign-in', { username, password: PASSWORD })).headers.location).toBe(
      '/account',
    );
    expect(await rows('SELECT local_hash FROM credentials WHERE profile_id = $1', id)).toEqual(kept);
    expect(await held()).toEqual([]);
  });
});

/** People whose passwords were hashed once, at this cost. */
async function peopleWith(argon2id: Argon2Cost, count: number): Promise<{ id: string; username: string }[]> {
  await using hasher = createPasswordHasher({ costs: { argon2id } });
  const hash = await hasher.hash(new Secret(PASSWORD));
  const context = { ...pages.context, passwords: { ...hasher, hash: () => Promise.resolve(hash) } };
  return await Promise.all(
    Array.from({ length: count }, async () => await aPerson(context, { password: PASSWORD })),
  );
}

describe('a crowd that signs in at once', () => {
  it('gets in or is asked to come again, and gets in then', async () => {
    const people = await peopleWith(DEAR, CROWD);
    const passwords = createPasswordHasher({ atOnce: 1, mayWait: 1, costs: { argon2id: DEAR } });
    const { server } = await serversOf({ ...pages.context, passwords });
    const enter = async (person: { id: string; username: string }): Promise<LightMyRequestResponse> => {
      // Each from an address of their own: the counter of one would let them in one after the other.
      const address = `2001:db8:${person.id.slice(-8, -4)}:${person.id.slice(-4)}::1`;
      const form = { username: person.username, password: PASSWORD };
      return await new Browser(server, address).post('/sign-in', form);
    };
    const answers = await Promise.all(people.map(enter));
    const sentAway = answers.filter(({ statusCode }) => statusCode === 503);
    for (const answer of sentAway) isShown(answer, ADVICE);
    const letIn = answers.filter(({ headers }) => headers.location === '/account');
    expect(letIn.length).toBeGreaterThan(0);
    expect(sentAway.length).toBeGreaterThan(0);
    expect(letIn.length + sentAway.length).toBe(CROWD);
    expect(await held()).toEqual([]);
    const again = people.find((_, at) => answers[at]?.statusCode === 503);
    expect((await enter(again!)).headers.location).toBe('/account');
    expect(await held()).toEqual([]);
  });
});
