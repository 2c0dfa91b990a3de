import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TokenPurpose } from '../../../src/store/entities/access.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import {
  Browser,
  createHostedPages,
  signsIn,
  tokenOf,
  type HostedPages,
} from '../../support/hosted-pages.ts';

const TEMPORARY = 'temporary horse battery';
const CHOSEN = 'correct horse battery staple';
const BOTH = { password: CHOSEN, passwordAgain: CHOSEN };

let pages: HostedPages;

beforeAll(async () => {
  pages = await createHostedPages();
});

afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return await pages.context.store.read.query<T[]>(sql, values);
}

describe('a temporary password', () => {
  async function signedInTemporarily(): Promise<{ browser: Browser; id: string; username: string }> {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const browser = new Browser(pages.server);
    const response = await browser.post('/sign-in', { username, password: TEMPORARY });
    expect(response.headers.location).toBe('/password/change');
    return { browser, id, username };
  }

  it('leads to choosing a new one and nowhere else', async () => {
    const { browser, id, username } = await signedInTemporarily();
    expect([...browser.cookies.keys()]).toEqual(['tributary-change']);
    expect(await rows('SELECT 1 FROM sessions WHERE profile_id = $1', id)).toEqual([]);
    expect((await browser.get('/account')).headers.location).toBe('/sign-in');
    const form = await browser.get('/password/change');
    expect(form.statusCode).toBe(200);
    expect(form.body).not.toContain('currentPassword');

    const done = await browser.post('/password/change', BOTH);
    expect(done.headers.location).toBe('/account?password-set');
    expect([...browser.cookies.keys()]).toEqual(['tributary-session']);
    expect((await browser.get('/account')).statusCode).toBe(200);
    expect(await signsIn(pages, username, TEMPORARY)).toBe(false);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
    expect(
      await rows('SELECT kind, cause, detail FROM profile_events WHERE profile_id = $1 ORDER BY id', id),
    ).toEqual([
      { kind: 'password-set', cause: { kind: 'person' }, detail: { by: 'change-password' } },
      { kind: 'signed-in', cause: { kind: 'person' }, detail: {} },
    ]);
    expect(await rows('SELECT kind FROM emails WHERE profile_id = $1', id)).toEqual([
      { kind: 'password-set' },
    ]);
  });

  it('may not be chosen again, and a refused choice uses nothing up', async () => {
    const { browser, id } = await signedInTemporarily();
    const again = await browser.post('/password/change', { password: TEMPORARY, passwordAgain: TEMPORARY });
    expect([again.statusCode, again.body]).toEqual([422, expect.stringContaining('Choose a different one')]);
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', id)).toEqual([{ force_reset: true }]);
    expect((await browser.post('/password/change', BOTH)).statusCode).toBe(303);
  });

  it('proves nothing a second time', async () => {
    const { browser } = await signedInTemporarily();
    const cookies = Object.fromEntries(browser.cookies);
    await browser.post('/password/change', BOTH);
    const replay = await pages.server.inject({
      method: 'POST',
      url: '/password/change',
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        password: 'another horse battery',
        passwordAgain: 'another horse battery',
      }).toString(),
    });
    expect(replay.headers.location).toBe('/sign-in');
  });

  it('ends a session that was begun before the flag was set', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: TEMPORARY });
    expect((await browser.get('/account')).statusCode).toBe(200);
    await rows('UPDATE profiles SET force_reset = true WHERE id = $1', id);
    expect((await browser.get('/account')).headers.location).toBe('/sign-in');
    expect((await browser.get('/password/change')).headers.location).toBe('/sign-in');
  });

  it('is treated so when its format is weak, flag or no flag', async () => {
    const rules = { column: 'pw_hash', format: 'plain', onboarding: 'none' } as const;
    const password = { ...rules, writeBack: { enabled: false, set: {}, conflict: 'newest' } } as const;
    const providerId = await aSilentProvider(pages.context, { name: 'weak', password });
    const { username } = await aPerson(pages.context, { providerId, providerHash: TEMPORARY });
    const response = await new Browser(pages.server).post('/sign-in', { username, password: TEMPORARY });
    expect(response.headers.location).toBe('/password/change');
  });
});

describe('the order of requests', () => {
  const posts: [string, Record<string, string>][] = [
    ['/password/change', BOTH],
    ['/password/change', { ...BOTH, currentPassword: TEMPORARY }],
    ['/password/first', BOTH],
    ['/password/first', { ...BOTH, token: '' }],
    ['/password/reset', { ...BOTH, token: 'A'.repeat(64) }],
    ['/password/first/new-link', { token: '' }],
    ['/sign-out', {}],
  ];

  it('never sets a password without proof, whatever comes first', async () => {
    const person = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const before = await rows('SELECT * FROM credentials WHERE profile_id = $1', person.id);
    const browser = new Browser(pages.server);
    await browser.post('/password/forgot', { username: person.username });
    for (const [path, fields] of [...posts, ...posts.toReversed()]) {
      const response = await browser.post(path, { username: person.username, ...fields });
      expect([path, [303, 410, 422, 200].includes(response.statusCode)]).toEqual([path, true]);
      expect(response.body).not.toContain('Your password is set');
      expect((await browser.get('/account')).headers.location).toBe('/sign-in');
    }
    expect(await rows('SELECT * FROM credentials WHERE profile_id = $1', person.id)).toEqual(before);
  });

  it('does not take a token of one purpose for another', async () => {
    const { id } = await aPerson(pages.context, { password: TEMPORARY });
    const wrong: [TokenPurpose, string][] = [
      ['first-password', '/password/reset'],
      ['reset-password', '/password/first'],
      ['change-password', '/password/first'],
      ['change-password', '/password/reset'],
    ];
    for (const [purpose, path] of wrong) {
      const text = await tokenOf(pages, { profileId: id, purpose: purpose });
      expect((await new Browser(pages.server).get(`${path}?token=${text}`)).statusCode).toBe(410);
      expect((await new Browser(pages.server).post(path, { ...BOTH, token: text })).statusCode).toBe(410);
    }
    const ticket = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const response = await pages.server.inject({
      url: '/password/change',
      cookies: { 'tributary-change': ticket },
    });
    expect(response.headers.location).toBe('/sign-in');
  });
});
