import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';
import { REFUSAL_MS } from '../../../src/app/passwords/answer-time.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { Browser, createHostedPages, type HostedPages } from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const REFUSED = 422;

let pages: HostedPages;

beforeAll(async () => {
  pages = await createHostedPages();
});

afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

async function signIn(username: string, password = PASSWORD): Promise<LightMyRequestResponse> {
  return await new Browser(pages.server).post('/sign-in', { username, password });
}

/** What a refused visitor sees, without what they typed. */
function seen(response: LightMyRequestResponse, username: string): unknown {
  return {
    status: response.statusCode,
    headers: { ...response.headers, date: '', 'content-length': '' },
    body: response.body.replaceAll(username, 'USERNAME'),
  };
}

async function failuresOf(profileId: string): Promise<number> {
  const rows = await pages.context.store.read.query<{ failures: number }[]>(
    'SELECT failures FROM sign_in_attempts WHERE key = $1',
    [`sign-in/account/${profileId}`],
  );
  return rows[0]?.failures ?? 0;
}

describe('signing in', () => {
  it('takes the username or the e-mail address, in any case and with spaces around it', async () => {
    const person = await aPerson(pages.context, { password: PASSWORD, email: 'Freja.One@Example.org' });
    for (const name of [person.username.toUpperCase(), ' freja.one@EXAMPLE.ORG ']) {
      const response = await signIn(name);
      expect([response.statusCode, response.headers.location]).toEqual([303, '/account']);
    }
  });

  it('shows the account to who signed in and to nobody else, and ends with sign-out', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: PASSWORD });
    const account = await browser.get('/account');
    expect(account.body).toContain('Freja Lindqvist');
    const stolen = Object.fromEntries(browser.cookies);
    expect((await new Browser(pages.server).get('/account')).headers.location).toBe('/sign-in');
    await browser.post('/sign-out', {});
    const replay = await pages.server.inject({ url: '/account', cookies: stolen });
    expect(replay.headers.location).toBe('/sign-in');
  });

  it('answers the same for unknown, disabled, pre-registered, without a password, ambiguous and wrong', async () => {
    const ambiguous = 'shared@example.org';
    const wrong = await aPerson(pages.context, { password: PASSWORD });
    const disabled = await aPerson(pages.context, { password: PASSWORD, enabled: false });
    const expected = await aPerson(pages.context, { password: PASSWORD, preRegistration: true });
    const none = await aPerson(pages.context);
    await aPerson(pages.context, { password: PASSWORD, email: ambiguous });
    await aPerson(pages.context, { password: PASSWORD, email: ambiguous });
    const reference = seen(await signIn(wrong.username, 'wrong horse battery staple'), wrong.username);
    expect(reference).toMatchObject({ status: REFUSED });
    for (const name of ['nobody', disabled.username, expected.username, none.username, ambiguous, 'a\0b'])
      expect(seen(await signIn(name), name)).toEqual(reference);
  });

  it('takes the same time to refuse, whatever there was to verify', async () => {
    const wrong = await aPerson(pages.context, { password: PASSWORD });
    const times: number[] = [];
    for (const name of [wrong.username, 'nobody', 'a\0b']) {
      const before = performance.now();
      await signIn(name, 'wrong horse battery staple');
      times.push(performance.now() - before);
    }
    // A timer may be early by a millisecond.
    expect(Math.min(...times)).toBeGreaterThanOrEqual(REFUSAL_MS - 1);
  });

  it('refuses a hash that it cannot verify, and never opens the door', async () => {
    const providerId = await aSilentProvider(pages.context, { name: 'unknown-format' });
    const person = await aPerson(pages.context, { providerId, providerHash: PASSWORD });
    await pages.context.store.read.query(
      `UPDATE providers SET definition = jsonb_set(definition, '{password,format}', '"bcrypt"') WHERE id = $1`,
      [providerId],
    );
    expect((await signIn(person.username)).statusCode).toBe(REFUSED);
  });

  it.each(['username=a&username=b&password=c', 'username[]=a&password[]=b', 'username=a', 'password=b', ''])(
    'refuses the form %j',
    async (body) => {
      const response = await new Browser(pages.server).post('/sign-in', body);
      expect(response.statusCode).toBe(REFUSED);
    },
  );

  it('lets no more of 100 parallel guesses through than one after the other', async () => {
    const person = await aPerson(pages.context, { password: PASSWORD });
    const guesses = Array.from({ length: 99 }, (_, n) => `wrong horse battery ${String(n)}`);
    const answers = await Promise.all(
      [...guesses, PASSWORD].map(async (guess) => (await signIn(person.username, guess)).statusCode),
    );
    expect(answers.filter((status) => status !== REFUSED && status !== 303)).toEqual([]);
    // Five are free; the fifth begins a wait, and what waits is not looked at.
    expect(await failuresOf(person.id)).toBeLessThanOrEqual(5);
    expect((await signIn(person.username)).statusCode).toBe(REFUSED);
  });

  it('stops for good after 100 failures that were looked at', async () => {
    const person = await aPerson(pages.context, { password: PASSWORD });
    await pages.context.store.read.query(`INSERT INTO sign_in_attempts (key, failures) VALUES ($1, 99)`, [
      `sign-in/account/${person.id}`,
    ]);
    expect((await signIn(person.username, 'the hundredth wrong one')).statusCode).toBe(REFUSED);
    await pages.context.store.read.query(
      `UPDATE sign_in_attempts SET blocked_until = now() - interval '1 s' WHERE key = $1`,
      [`sign-in/account/${person.id}`],
    );
    expect((await signIn(person.username)).statusCode).toBe(REFUSED);
  });

  it('counts from nothing again after a success', async () => {
    const person = await aPerson(pages.context, { password: PASSWORD });
    for (let n = 0; n < 3; n += 1) await signIn(person.username, 'wrong horse battery staple');
    expect(await failuresOf(person.id)).toBe(3);
    expect((await signIn(person.username)).statusCode).toBe(303);
    expect(await failuresOf(person.id)).toBe(0);
  });

  it('rehashes a password of ours whose cost is too low', async () => {
    const person = await aPerson(pages.context, { password: PASSWORD });
    const weak = await pages.context.passwords.encode(
      // bcrypt is not what we store: as a local hash it is outdated by definition.
      new Secret(PASSWORD),
      'bcrypt',
      null,
    );
    const seal = (): Buffer => pages.context.keyring.seal(weak, `credentials/local_hash/${person.id}`);
    const sealed = seal();
    await pages.context.store.read.query('UPDATE credentials SET local_hash = $2 WHERE profile_id = $1', [
      person.id,
      sealed,
    ]);
    expect((await signIn(person.username)).statusCode).toBe(303);
    const [row] = await pages.context.store.read.query<{ local_hash: Buffer }[]>(
      'SELECT local_hash FROM credentials WHERE profile_id = $1',
      [person.id],
    );
    const stored = pages.context.keyring.open(row!.local_hash, `credentials/local_hash/${person.id}`);
    expect(stored.reveal()).toMatch(/^\$argon2id\$/);
    expect((await signIn(person.username)).statusCode).toBe(303);
  });
});

describe('what surrounds the pages', () => {
  it('refuses forms of other sites, and takes those of browsers that say nothing', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:4600' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const browser = new Browser(pages.server);
      Object.assign(browser.headers, headers);
      expect((await browser.post('/sign-in', { username, password: PASSWORD })).statusCode).toBe(403);
    }
    const own = new Browser(pages.server);
    Object.assign(own.headers, { 'sec-fetch-site': 'same-origin', origin: 'null' });
    expect((await own.post('/sign-in', { username, password: PASSWORD })).statusCode).toBe(303);
  });

  it('takes forms only as browsers send them', async () => {
    for (const contentType of ['application/json', 'text/plain'])
      expect(
        (
          await pages.server.inject({
            method: 'POST',
            url: '/sign-in',
            headers: { 'content-type': contentType },
            payload: '{"username":"a","password":{"$ne":1}}',
          })
        ).statusCode,
      ).toBe(415);
  });

  it('refuses bodies over 8 KB with a page', async () => {
    const response = await new Browser(pages.server).post('/sign-in', { username: 'x'.repeat(9_000) });
    expect(response.statusCode).toBe(413);
    expect(response.headers['content-type']).toContain('text/html');
  });

  it('goes nowhere but to its own pages', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD });
    for (const query of ['next=//evil.example', 'return_to=https://evil.example', 'url=/%5cevil.example']) {
      const response = await new Browser(pages.server).post(`/sign-in?${query}`, {
        username,
        password: PASSWORD,
      });
      expect(response.headers.location).toBe('/account');
    }
  });

  it('keeps pages out of frames and caches, and runs no script of others', async () => {
    const { headers } = await new Browser(pages.server).get('/sign-in');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';frame-src 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('prefixes its cookies with __Host- where the public URL is https', async () => {
    await using secure = await createHostedPages({ publicUrl: 'https://accounts.example.com' });
    const { username } = await aPerson(secure.context, { password: PASSWORD });
    const response = await new Browser(secure.server).post('/sign-in', { username, password: PASSWORD });
    const cookie = response.cookies.find(({ name }) => name === '__Host-tributary-session');
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    expect(response.headers['strict-transport-security']).toContain('max-age=31536000');
  });

  it('speaks the language that the visitor asks for', async () => {
    const browser = new Browser(pages.server);
    browser.headers['accept-language'] = 'de, sv-FI;q=0.8, en;q=0.5';
    const { body } = await browser.get('/sign-in');
    expect(body).toContain('<html lang="sv"');
    expect(body).toContain('Logga in');
  });

  it('says what is missing in a page to people and in problem+json to programs', async () => {
    const page = await new Browser(pages.server).get('/nowhere');
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    const api = await new Browser(pages.server).get('/api/nowhere');
    expect(api.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(api.json()).toMatchObject({ status: 404, title: 'Not found', problems: [] });
  });

  it('is ready while the store is', async () => {
    await using other = await createHostedPages();
    expect((await other.server.inject('/health/ready')).json()).toEqual({
      status: 'ok',
      checks: [{ name: 'store', state: 'ok' }],
    });
    await other.context.store.read.query('DELETE FROM schema_migrations');
    const response = await other.server.inject('/health/ready');
    expect([response.statusCode, response.json()]).toEqual([
      503,
      { status: 'unavailable', checks: [{ name: 'store', state: 'failed', code: 'MIGRATIONS_PENDING' }] },
    ]);
    expect((await other.server.inject('/health/live')).statusCode).toBe(200);
  });
});
