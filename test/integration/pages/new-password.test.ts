import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
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

describe('choosing a password', () => {
  const weak: [string, string, string][] = [
    ['short', 'fourteen-chars', 'Use 15 characters or more'],
    ['long', 'lång '.repeat(60), 'Use 256 characters at most'],
    ['common', 'passwordpassword1', 'this password|This password'],
    ['own name', 'Freja Lindqvist 1', 'made of your own names'],
    ['tab', 'with a\ttab in the middle', 'cannot be typed again'],
  ];
  it.each(weak)('says why a password is refused: %s', async (_, password, reason) => {
    const { id } = await aPerson(pages.context, { preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const fields = { password, passwordAgain: password, token: text };
    const response = await new Browser(pages.server).post('/password/first', fields);
    expect([response.statusCode, response.body]).toEqual([422, expect.stringMatching(reason)]);
    expect(response.body).toContain('aria-invalid="true"');
    expect(response.body).not.toContain(password);
    expect(
      (await new Browser(pages.server).post('/password/first', { ...BOTH, token: text })).statusCode,
    ).toBe(200);
  });

  it.each(['password=a&password=b', 'password[]=a&passwordAgain[]=a', 'passwordAgain=a', ''])(
    'says that a form cannot be read: %j',
    async (body) => {
      const { id } = await aPerson(pages.context, { preRegistration: true });
      const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
      const response = await new Browser(pages.server).post('/password/first', `${body}&token=${text}`);
      expect([response.statusCode, response.body]).toEqual([
        422,
        expect.stringContaining('could not be read'),
      ]);
    },
  );

  it('says on the second field that the two differ', async () => {
    const { id } = await aPerson(pages.context, { preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const fields = { password: CHOSEN, passwordAgain: `${CHOSEN} `, token: text };
    const response = await new Browser(pages.server).post('/password/first', fields);
    expect(response.body).toContain('href="#passwordAgain"');
  });

  it('keeps spaces, and signs in with the same letters composed in another way', async () => {
    const { id, username } = await aPerson(pages.context, { preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const password = '  ångström är ett mått  ';
    const fields = {
      password: password.normalize('NFD'),
      passwordAgain: password.normalize('NFD'),
      token: text,
    };
    await new Browser(pages.server).post('/password/first', fields);
    expect(await signsIn(pages, username, password.trim())).toBe(false);
    expect(await signsIn(pages, username, password.normalize('NFC'))).toBe(true);
  });
});

describe('changing a password while signed in', () => {
  it('asks for the current one, ends other sessions and keeps this one', async () => {
    const { username } = await aPerson(pages.context, { password: TEMPORARY });
    const here = new Browser(pages.server);
    const elsewhere = new Browser(pages.server);
    for (const browser of [here, elsewhere])
      await browser.post('/sign-in', { username, password: TEMPORARY });
    const before = here.cookies.get('tributary-session');
    const wrong = await here.post('/password/change', { ...BOTH, currentPassword: 'wrong horse battery' });
    expect([wrong.statusCode, wrong.body]).toEqual([
      422,
      expect.stringContaining('current password is not right'),
    ]);
    expect((await here.post('/password/change', BOTH)).statusCode).toBe(422);
    const done = await here.post('/password/change', { ...BOTH, currentPassword: TEMPORARY });
    expect(done.headers.location).toBe('/account?password-set');
    expect(here.cookies.get('tributary-session')).not.toBe(before);
    expect((await here.get('/account')).statusCode).toBe(200);
    expect((await elsewhere.get('/account')).headers.location).toBe('/sign-in');
    expect(await signsIn(pages, username, TEMPORARY)).toBe(false);
  });
});

describe('a provider that takes passwords', () => {
  it('gets a write-back that replaces the one on its way', async () => {
    const providerId = await aSilentProvider(pages.context, { name: 'acme-people' });
    const providerHash = (
      await pages.context.passwords.encode(new Secret(TEMPORARY), 'django-pbkdf2-sha256', null)
    ).reveal();
    const { id } = await aPerson(pages.context, { providerId, providerHash, forceReset: true });
    for (const password of [CHOSEN, `${CHOSEN} again`]) {
      const text = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
      const fields = { password, passwordAgain: password, token: text };
      const done = await new Browser(pages.server).post('/password/reset', fields);
      expect(done.body).toContain('Will be updated in acme-people soon.');
    }
    const writeBacks = await rows<{ id: string; state: string; hash: Buffer | null; outbox: string }>(
      `SELECT write_backs.id, write_backs.state, hash, outbox.state AS outbox
       FROM write_backs JOIN outbox ON kind = 'write-back' AND subject_id = write_backs.id
       WHERE profile_id = $1 ORDER BY write_backs.created_at`,
      id,
    );
    expect(writeBacks.map(({ state, outbox }) => [state, outbox])).toEqual([
      ['superseded', 'cancelled'],
      ['pending', 'pending'],
    ]);
    expect(writeBacks[0]!.hash).toBeNull();
    const hash = pages.context.keyring.open(writeBacks[1]!.hash!, `write_backs/hash/${writeBacks[1]!.id}`);
    const { result } = await pages.context.passwords.verify(new Secret(`${CHOSEN} again`), hash, 'auto');
    expect(result).toBe('match');
  });

  it('says in words that the provider has it, when it does within two seconds', async () => {
    const providerId = await aSilentProvider(pages.context, { name: 'quick-people' });
    const providerHash = (
      await pages.context.passwords.encode(new Secret(TEMPORARY), 'django-pbkdf2-sha256', null)
    ).reveal();
    const { id } = await aPerson(pages.context, { providerId, providerHash });
    await rows(
      `CREATE FUNCTION written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.state := 'written'; RETURN NEW; END $$`,
    );
    await rows('CREATE TRIGGER written BEFORE INSERT ON write_backs FOR EACH ROW EXECUTE FUNCTION written()');
    const text = await tokenOf(pages, { profileId: id, purpose: 'reset-password' });
    const done = await new Browser(pages.server).post('/password/reset', { ...BOTH, token: text });
    await rows('DROP TRIGGER written ON write_backs');
    expect(done.body).toContain('Also updated in quick-people.');
  });

  it('leaves a line when the format cannot be known, and the password is set all the same', async () => {
    const providerId = await aSilentProvider(pages.context, { name: 'empty-people' });
    const { id, username } = await aPerson(pages.context, { providerId, preRegistration: true });
    const text = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
    const done = await new Browser(pages.server).post('/password/first', { ...BOTH, token: text });
    expect(done.statusCode).toBe(200);
    expect(await rows('SELECT kind FROM profile_events WHERE profile_id = $1 ORDER BY id', id)).toEqual([
      { kind: 'password-set' },
      { kind: 'write-back-impossible' },
    ]);
    expect(await signsIn(pages, username, CHOSEN)).toBe(true);
  });
});
