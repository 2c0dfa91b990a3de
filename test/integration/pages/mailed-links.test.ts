import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { linkFor } from '../../../src/app/passwords/token-link.ts';
import { aPerson } from '../../support/a-person.ts';
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

describe('a registration link', () => {
  it('can be opened ten times and used once', async () => {
    const { id, username } = await aPerson(pages.context, { preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const address = `/password/first?token=${text}`;
    for (let n = 0; n < 5; n += 1) {
      const opened = await new Browser(pages.server).get(address);
      expect(opened.statusCode).toBe(200);
      expect(opened.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
      expect((await pages.server.inject({ method: 'HEAD', url: address })).statusCode).toBe(200);
    }
    const browser = new Browser(pages.server);
    const done = await browser.post('/password/first', { ...BOTH, token: text });
    expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('Your password is set')]);
    expect(browser.cookies.size).toBe(0);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
    expect((await new Browser(pages.server).get(address)).statusCode).toBe(410);
    expect((await browser.post('/password/first', { ...BOTH, token: text })).statusCode).toBe(410);
  });

  it('sets one password when 50 forms arrive at once', async () => {
    const { id } = await aPerson(pages.context, { preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const password = `${CHOSEN} ${String(n)}`;
        const fields = { password, passwordAgain: password, token: text };
        return (await new Browser(pages.server).post('/password/first', fields)).statusCode;
      }),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 410)).toHaveLength(49);
    expect(await rows('SELECT 1 FROM profile_events WHERE profile_id = $1', id)).toHaveLength(1);
    expect(await rows('SELECT password_version FROM credentials WHERE profile_id = $1', id)).toEqual([
      { password_version: 2 },
    ]);
  });

  it('sets one password when two links are used at once, also without a row for the credential', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await aPerson(pages.context, { preRegistration: true });
      await rows('DELETE FROM credentials WHERE profile_id = $1', id);
      const texts = [
        await tokenOf(pages, { profileId: id, purpose: 'first-password' }),
        await tokenOf(pages, { profileId: id, purpose: 'first-password' }),
      ];
      const answers = await Promise.all(
        texts.map(
          async (text) =>
            (await new Browser(pages.server).post('/password/first', { ...BOTH, token: text })).statusCode,
        ),
      );
      expect(answers.toSorted()).toEqual([200, 410]);
      expect(
        await rows('SELECT 1 FROM action_tokens WHERE profile_id = $1 AND used_at IS NOT NULL', id),
      ).toHaveLength(1);
    }
  });

  it('no longer works when it is forged, cut, too old, or of somebody disabled; the page says so at once', async () => {
    const { id } = await aPerson(pages.context, { preRegistration: true });
    const good = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const old = await tokenOf(pages, { profileId: id, purpose: 'first-password', lifetimeSeconds: -1 });
    const disabled = await aPerson(pages.context, { preRegistration: true, enabled: false });
    const flipped = (good.startsWith('A') ? 'B' : 'A') + good.slice(1);
    const bad = [
      '',
      'x',
      flipped,
      good.slice(0, -1),
      `${good}=`,
      ` ${good}`,
      old,
      await tokenOf(pages, { profileId: disabled.id, purpose: 'first-password' }),
      'é'.repeat(64),
      'A'.repeat(10_000),
      `${good}&token=${good}`,
    ];
    for (const text of bad) {
      const query = text.includes('&') ? text : encodeURIComponent(text);
      const response = await new Browser(pages.server).get(`/password/first?token=${query}`);
      expect([response.statusCode, response.body]).toEqual([410, expect.stringContaining('Send a new link')]);
      expect(response.body).not.toContain('type="password"');
    }
    expect((await new Browser(pages.server).get(`/password/first?token=${good}`)).statusCode).toBe(200);
  });

  it('is replaced on request, by the e-mail for the state that the person is in', async () => {
    const { id, username } = await aPerson(pages.context, { preRegistration: true });
    const old = await tokenOf(pages, { profileId: id, purpose: 'first-password', lifetimeSeconds: -1 });
    const answer = await new Browser(pages.server).post('/password/first/new-link', { token: old });
    const forged = await new Browser(pages.server).post('/password/first/new-link', {
      token: 'A'.repeat(64),
    });
    expect(forged.body).toBe(answer.body);
    expect(await rows('SELECT kind FROM emails WHERE profile_id = $1', id)).toEqual([
      { kind: 'registration' },
    ]);
    await new Browser(pages.server).post('/password/forgot', { username });
    expect(await rows('SELECT kind FROM emails WHERE profile_id = $1', id)).toEqual([
      { kind: 'registration' },
      { kind: 'registration' },
    ]);
  });
});

describe('a forgotten password', () => {
  it('is answered the same for everybody, and mailed only to who can use it', async () => {
    const known = await aPerson(pages.context, { password: TEMPORARY });
    const disabled = await aPerson(pages.context, { password: TEMPORARY, enabled: false });
    const shared = await aPerson(pages.context, { password: TEMPORARY, email: 'two@example.org' });
    await aPerson(pages.context, { password: TEMPORARY, email: 'two@example.org' });
    const answers = [];
    for (const username of [known.username, 'nobody', disabled.username, 'two@example.org'])
      answers.push(await new Browser(pages.server).post('/password/forgot', { username }));
    expect(new Set(answers.map(({ statusCode, body }) => `${String(statusCode)} ${body}`)).size).toBe(1);
    expect(await rows('SELECT kind FROM emails WHERE profile_id = $1', known.id)).toEqual([
      { kind: 'password-reset' },
    ]);
    expect(await rows('SELECT 1 FROM emails WHERE profile_id = ANY($1)', [disabled.id, shared.id])).toEqual(
      [],
    );
  });

  it('is mailed three times, and not a fourth', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    for (let n = 0; n < 5; n += 1) await new Browser(pages.server).post('/password/forgot', { username });
    expect(await rows('SELECT 1 FROM emails WHERE profile_id = $1', id)).toHaveLength(3);
  });

  it('can be replaced while sign-in waits, and ends the wait', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    for (let n = 0; n < 6; n += 1) await signsIn(pages, username, 'wrong horse battery');
    expect(await signsIn(pages, username, TEMPORARY)).toBe(false);
    const text = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const done = await new Browser(pages.server).post('/password/reset', { ...BOTH, token: text });
    expect(done.statusCode).toBe(200);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });

  it.each(['username[]=a&username[]=b', 'username=a&username=b', 'username=', ''])(
    'refuses the form %j',
    async (body) => {
      expect((await new Browser(pages.server).post('/password/forgot', body)).statusCode).toBe(422);
    },
  );

  it('takes nothing for a link from what a request says about hosts', async () => {
    const hostile = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    const browser = new Browser(pages.server);
    Object.assign(browser.headers, hostile);
    const response = await browser.get('/password/forgot');
    expect(response.body).not.toContain('evil.example');
    expect(linkFor(pages.context.settings, 'reset-password', new Secret('T')).reveal()).toBe(
      'http://localhost:4600/password/reset?token=T',
    );
  });
});
