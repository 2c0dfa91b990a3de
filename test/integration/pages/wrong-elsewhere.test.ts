import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliverEmail } from '../../../src/app/mail/deliver-email.ts';
import type { OutgoingMail } from '../../../src/app/mail/send-mail.ts';
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
const OTHER = 'another horse battery staple';
const both = (password: string): { password: string; passwordAgain: string } => ({
  password,
  passwordAgain: password,
});

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

/** The mails that wait for this person, as they would be rendered; they count as sent then. */
async function mailsTo(profileId: string): Promise<OutgoingMail[]> {
  const mails: OutgoingMail[] = [];
  const send = async (mail: OutgoingMail): Promise<{ kind: 'sent' }> => {
    mails.push(mail);
    return await Promise.resolve({ kind: 'sent' });
  };
  const queued = await rows<{ id: string }>(
    `SELECT id FROM emails WHERE profile_id = $1 AND state = 'queued' ORDER BY created_at, id`,
    profileId,
  );
  for (const { id } of queued)
    await deliverEmail(pages.context, id, { send, signal: new AbortController().signal });
  return mails;
}

const linkOf = (mail: OutgoingMail | undefined): URL => new URL(mail!.link!.reveal());
const tokenIn = (link: URL): string => link.searchParams.get('token')!;

describe('two tabs', () => {
  it('with one temporary password: the second is asked for the password that the first has set', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: TEMPORARY });
    for (let tab = 0; tab < 2; tab += 1) expect((await browser.get('/password/change')).statusCode).toBe(200);
    expect((await browser.post('/password/change', both(CHOSEN))).statusCode).toBe(303);
    const second = await browser.post('/password/change', both(OTHER));
    expect([second.statusCode, second.body]).toEqual([
      422,
      expect.stringContaining('name="currentPassword"'),
    ]);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
    expect(await rows('SELECT kind FROM profile_events WHERE profile_id = $1 ORDER BY id', id)).toEqual([
      { kind: 'password-set' },
      { kind: 'signed-in' },
    ]);
  });

  it('with two people: the form that is sent last changes the one who is signed in, who has to know a password', async () => {
    const first = await aPerson(pages.context, { password: TEMPORARY });
    const second = await aPerson(pages.context, { password: CHOSEN });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username: first.username, password: TEMPORARY });
    await browser.get('/password/change');
    await browser.post('/sign-in', { username: second.username, password: CHOSEN });
    const sent = await browser.post('/password/change', { ...both(OTHER), currentPassword: TEMPORARY });
    expect(sent.statusCode).toBe(422);
    expect(await signsIn(pages, first.username, TEMPORARY)).toBe(true);
    expect(await signsIn(pages, second.username, CHOSEN)).toBe(true);
  });
});

describe('the back button', () => {
  it('after signing out finds nothing, and sends nothing that counts', async () => {
    const { username } = await aPerson(pages.context, { password: TEMPORARY });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: TEMPORARY });
    const account = await browser.get('/account');
    expect(account.headers['cache-control']).toBe('no-store');
    await browser.post('/sign-out', {});
    expect((await browser.get('/account')).headers.location).toBe('/sign-in');
    const form = await browser.post('/password/change', { ...both(CHOSEN), currentPassword: TEMPORARY });
    expect(form.headers.location).toBe('/sign-in');
    expect(await signsIn(pages, username, TEMPORARY)).toBe(true);
  });

  it('to the form of a link that has been used sends it in vain', async () => {
    const { id, username } = await aPerson(pages.context, { preRegistration: true });
    const token = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const browser = new Browser(pages.server);
    expect((await browser.post('/password/first', { ...both(CHOSEN), token })).statusCode).toBe(200);
    expect((await browser.post('/password/first', { ...both(OTHER), token })).statusCode).toBe(410);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });
});

describe('links of several mails', () => {
  it('all work until the password is set, and none does after', async () => {
    const { id, username } = await aPerson(pages.context, { preRegistration: true });
    for (let n = 0; n < 3; n += 1) await new Browser(pages.server).post('/password/forgot', { username });
    const links = (await mailsTo(id)).map(linkOf);
    expect(links.map(({ pathname }) => pathname)).toEqual(Array(3).fill('/password/first'));
    expect(new Set(links.map(tokenIn)).size).toBe(3);
    for (const { pathname, search } of links)
      expect((await new Browser(pages.server).get(pathname + search)).statusCode).toBe(200);
    const fields = { ...both(CHOSEN), token: tokenIn(links[0]!) };
    expect((await new Browser(pages.server).post('/password/first', fields)).statusCode).toBe(200);
    for (const link of links) {
      const again = { ...both(OTHER), token: tokenIn(link) };
      expect((await new Browser(pages.server).get(link.pathname + link.search)).statusCode).toBe(410);
      expect((await new Browser(pages.server).post('/password/first', again)).statusCode).toBe(410);
    }
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });

  it('end when the password is set in another way', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const reset = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: TEMPORARY });
    await browser.post('/password/change', both(CHOSEN));
    const late = await new Browser(pages.server).post('/password/reset', { ...both(OTHER), token: reset });
    expect(late.statusCode).toBe(410);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });

  it('are found by a scanner with every method and change nothing', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    const token = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const before = await rows('SELECT * FROM credentials WHERE profile_id = $1', id);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET', 'PUT', 'DELETE', 'PATCH'] as const)
      await pages.server.inject({ method, url: `/password/reset?token=${token}` });
    // A scanner that sends forms sends them empty.
    expect((await new Browser(pages.server).post('/password/reset', { token })).statusCode).toBe(422);
    expect(await rows('SELECT * FROM credentials WHERE profile_id = $1', id)).toEqual(before);
    expect(await rows('SELECT used_at FROM action_tokens WHERE profile_id = $1', id)).toEqual([
      { used_at: null },
    ]);
    expect(await signsIn(pages, username, TEMPORARY)).toBe(true);
  });
});

describe('a forgotten password while a temporary one is pending', () => {
  it('is replaced by the link, which ends the temporary one, its flag and its ticket', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const browser = new Browser(pages.server);
    await browser.post('/sign-in', { username, password: TEMPORARY });
    await new Browser(pages.server).post('/password/forgot', { username });
    const [mail] = await mailsTo(id);
    expect(mail!.kind).toBe('password-reset');
    const token = tokenIn(linkOf(mail));
    const done = await new Browser(pages.server).post('/password/reset', { ...both(CHOSEN), token });
    expect(done.statusCode).toBe(200);
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', id)).toEqual([
      { force_reset: false },
    ]);
    expect((await browser.post('/password/change', both(OTHER))).headers.location).toBe('/sign-in');
    expect(await signsIn(pages, username, TEMPORARY)).toBe(false);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });

  it('may not be the temporary one again', async () => {
    const { id } = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
    const token = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const again = await new Browser(pages.server).post('/password/reset', { ...both(TEMPORARY), token });
    expect([again.statusCode, again.body]).toEqual([422, expect.stringContaining('Choose a different one')]);
  });
});

describe('an address that only looks like one of ours', () => {
  it.each([
    ['a Cyrillic letter', 'mike@exаmple.org'],
    ['a dotless i', 'mıke@example.org'],
    ['a capital dotted I', 'MİKE@EXAMPLE.ORG'],
    ['the sign of Kelvin', 'mi\u212Ae@example.org'],
    ['full-width letters', 'ｍike@example.org'],
    ['a soft hyphen', 'mi\u00ADke@example.org'],
    ['a second address', 'mike@example.org,thief@evil.example'],
    ['a line of a header', 'mike@example.org\r\nBcc: thief@evil.example'],
    ['a name around it', 'Mike <mike@example.org>'],
    ['another domain behind it', 'mike@example.org@evil.example'],
  ])('gets no mail: %s', async (_, typed) => {
    const email = 'mike@example.org';
    await rows('UPDATE profiles SET email = NULL, email_key = NULL WHERE email_key = $1', email);
    const { id } = await aPerson(pages.context, { password: TEMPORARY, email });
    const answer = await new Browser(pages.server).post('/password/forgot', { username: typed });
    expect(answer.statusCode).toBe(200);
    // Whoever is found gets the mail where it is known to reach them, and never where somebody typed.
    for (const mail of await mailsTo(id)) expect(mail.to).toBe(email);
    expect(
      await rows(`SELECT 1 FROM emails WHERE recipient IS NOT NULL AND recipient LIKE '%evil%'`),
    ).toEqual([]);
  });
});

describe('what a request says about hosts', () => {
  it('reaches no mail, no page and no redirect', async () => {
    const { id, username } = await aPerson(pages.context, { password: TEMPORARY });
    const hostile = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-server': 'evil.example',
      'x-original-url': 'https://evil.example/',
      forwarded: 'host=evil.example;proto=http',
    };
    const browser = new Browser(pages.server);
    Object.assign(browser.headers, hostile);
    for (const path of ['/sign-in', '/password/forgot', '/password/first', '/nowhere', '/account']) {
      const { body, headers } = await browser.get(path);
      expect(body + JSON.stringify(headers)).not.toContain('evil.example');
    }
    await browser.post('/password/forgot', { username });
    const [mail] = await mailsTo(id);
    expect(linkOf(mail).origin).toBe('http://localhost:4600');
    const entered = await browser.post('/sign-in', { username, password: TEMPORARY });
    expect(entered.headers.location).toBe('/account');
  });

  it('and about addresses is believed from nobody who is not a listed proxy', async () => {
    const { username } = await aPerson(pages.context, { password: TEMPORARY });
    await rows('DELETE FROM sign_in_attempts');
    for (let n = 0; n < 2; n += 1) {
      const browser = new Browser(pages.server);
      browser.headers['x-forwarded-for'] = `203.0.113.${String(n)}`;
      await browser.post('/sign-in', { username, password: 'wrong horse battery' });
    }
    const keys = await rows<{ key: string }>(
      `SELECT key FROM sign_in_attempts WHERE key LIKE 'sign-in/address/%'`,
    );
    expect(keys).toEqual([{ key: 'sign-in/address/127.0.0.1' }]);
  });
});
