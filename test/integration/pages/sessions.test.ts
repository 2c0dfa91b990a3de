import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endSessions } from '../../../src/app/passwords/end-sessions.ts';
import { listSessions } from '../../../src/app/passwords/list-sessions.ts';
import { unlockProfile } from '../../../src/app/passwords/unlock-profile.ts';
import { hashToken } from '../../../src/kernel/keyring.ts';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages, signsIn, type HostedPages } from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

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

async function signedIn(username: string, userAgent: string | null = null): Promise<Browser> {
  const browser = new Browser(pages.server);
  if (userAgent !== null) browser.headers['user-agent'] = userAgent;
  expect((await browser.post('/sign-in', { username, password: PASSWORD })).headers.location).toBe(
    '/account',
  );
  return browser;
}

const isIn = async (browser: Browser): Promise<boolean> => (await browser.get('/account')).statusCode === 200;

describe('a session', () => {
  it('is kept as a hash of what the browser holds, and is another one after every sign-in', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = await signedIn(username);
    const first = browser.cookies.get('tributary-session')!;
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    const stored = await rows<{ token_hash: Buffer }>('SELECT * FROM sessions WHERE profile_id = $1', id);
    expect(stored.map(({ token_hash: hash }) => hash)).toEqual([hashToken(first)]);
    expect(JSON.stringify(stored)).not.toContain(first);
    await browser.post('/sign-in', { username, password: PASSWORD });
    expect(browser.cookies.get('tributary-session')).not.toBe(first);
  });

  it('that somebody planted before the sign-in is worth nothing after it', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = new Browser(pages.server);
    browser.setCookie('tributary-session', 'planted');
    await browser.post('/sign-in', { username, password: PASSWORD });
    expect(browser.cookies.get('tributary-session')).not.toBe('planted');
    const thief = new Browser(pages.server);
    thief.setCookie('tributary-session', 'planted');
    expect(await isIn(thief)).toBe(false);
  });

  it('is over after its hours', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = await signedIn(username);
    await rows(`UPDATE sessions SET expires_at = now() WHERE profile_id = $1`, id);
    expect(await isIn(browser)).toBe(false);
  });
});

describe('the person', () => {
  it('sees where they are signed in, and ends one or every other', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const here = await signedIn(username, FIREFOX);
    const [second, third] = [await signedIn(username), await signedIn(username)];
    const { body } = await here.get('/account');
    expect(body).toContain('Firefox on Linux');
    expect(body).toContain('This browser');
    const ids = [...body.matchAll(/name="session" value="([0-9a-f-]{36})"/g)].map(([, found]) => found!);
    expect(ids).toHaveLength(2);
    await here.post('/account/sessions', { session: ids[0]! });
    expect([await isIn(here), [await isIn(second), await isIn(third)].filter(Boolean).length]).toEqual([
      true,
      1,
    ]);
    const ended = await here.post('/account/sessions', { session: 'others' });
    expect(ended.headers.location).toBe('/account?sessions-ended');
    expect([await isIn(here), await isIn(second), await isIn(third)]).toEqual([true, false, false]);
    expect(
      await rows(`SELECT kind, detail FROM profile_events WHERE profile_id = $1 AND kind <> 'signed-in'`, id),
    ).toEqual([
      { kind: 'sessions-ended', detail: { sessions: 1 } },
      { kind: 'sessions-ended', detail: { sessions: 1 } },
    ]);
  });

  it('cannot end the sessions of somebody else, nor any without being signed in', async () => {
    const victim = await aPerson(pages.context, { password: PASSWORD });
    const attacker = await aPerson(pages.context, { password: PASSWORD });
    const theirs = await signedIn(victim.username);
    const mine = await signedIn(attacker.username);
    const [session] = await rows<{ id: string }>('SELECT id FROM sessions WHERE profile_id = $1', victim.id);
    for (const which of [session!.id, 'all', '', `${session!.id}' OR true`, 'others'])
      await mine.post('/account/sessions', { session: which });
    const stranger = await new Browser(pages.server).post('/account/sessions', { session: session!.id });
    expect(stranger.headers.location).toBe('/sign-in');
    expect(await isIn(theirs)).toBe(true);
  });
});

describe('support', () => {
  it('lists sessions without their tokens and ends them, which the audit remembers', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const browser = await signedIn(username, FIREFOX);
    const [listed] = await listSessions(pages.context, username);
    expect(Object.keys(listed!).toSorted()).toEqual([
      'address',
      'createdAt',
      'expiresAt',
      'id',
      'seenAt',
      'userAgent',
    ]);
    expect(listed).toMatchObject({ address: '127.0.0.1', userAgent: FIREFOX });
    expect(await endSessions(pages.context, username, 'frida')).toMatchObject({ profileId: id, ended: 1 });
    expect(await isIn(browser)).toBe(false);
    expect(await endSessions(pages.context, username, 'frida')).toMatchObject({ ended: 0 });
    expect(await rows('SELECT actor, action FROM audit_entries WHERE subject = $1', id)).toEqual([
      { actor: 'frida', action: 'profile.end-sessions' },
      { actor: 'frida', action: 'profile.end-sessions' },
    ]);
    expect(
      await rows(`SELECT kind, cause FROM profile_events WHERE profile_id = $1 AND kind <> 'signed-in'`, id),
    ).toEqual([{ kind: 'sessions-ended', cause: { kind: 'operator', name: 'frida' } }]);
  });

  it('lets somebody try again at once who guessed too often, and only them', async () => {
    const { id, username } = await aPerson(pages.context, { password: PASSWORD });
    const other = await aPerson(pages.context, { password: PASSWORD });
    for (const key of [id, other.id])
      await rows(
        `INSERT INTO sign_in_attempts (key, failures, blocked_until) VALUES ($1, 100, 'infinity')`,
        `sign-in/account/${key}`,
      );
    expect(await signsIn(pages, username, PASSWORD)).toBe(false);
    expect(await unlockProfile(pages.context, username, 'frida')).toMatchObject({
      before: { failures: 100, blockedUntil: 'infinity' },
    });
    expect([
      await signsIn(pages, username, PASSWORD),
      await signsIn(pages, other.username, PASSWORD),
    ]).toEqual([true, false]);
    expect(await rows('SELECT action, detail FROM audit_entries WHERE subject = $1', id)).toEqual([
      { action: 'profile.unlock', detail: { failures: 100 } },
    ]);
  });
});
