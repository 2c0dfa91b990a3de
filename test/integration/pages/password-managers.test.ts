import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages, tokenOf, type HostedPages } from '../../support/hosted-pages.ts';

const TEMPORARY = 'temporary horse battery';

let pages: HostedPages;
beforeAll(async () => {
  pages = await createHostedPages();
});
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

/** What each field of a page says to whoever fills it in; hidden values of forms left out. */
function hintsIn(html: string): string[] {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  const attribute = (tag: string, name: string): string =>
    new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return inputs
    .filter((tag) => attribute(tag, 'type') !== 'hidden')
    .map((tag) => `${attribute(tag, 'name')}: ${attribute(tag, 'autocomplete')}`);
}

const NEW = ['username: username', 'password: new-password', 'passwordAgain: new-password'];

it('every page names its fields as password managers look for them, and the person beside a new password', async () => {
  const browser = new Browser(pages.server);
  expect(hintsIn((await browser.get('/sign-in')).body)).toEqual([
    'username: username',
    'password: current-password',
  ]);
  expect(hintsIn((await browser.get('/password/forgot')).body)).toEqual(['username: username']);
  const { id, username } = await aPerson(pages.context, { preRegistration: true });
  for (const [path, purpose] of [
    ['first', 'first-password'],
    ['reset', 'reset-password'],
  ] as const) {
    const token = await tokenOf(pages, { profileId: id, purpose });
    const { body } = await browser.get(`/password/${path}?token=${token}`);
    expect(hintsIn(body)).toEqual(NEW);
    expect(body).toContain(`value="${username}"`);
  }
  const forced = await aPerson(pages.context, { password: TEMPORARY, forceReset: true });
  await browser.post('/sign-in', { username: forced.username, password: TEMPORARY });
  const { body } = await browser.get('/password/change');
  expect(hintsIn(body)).toEqual(NEW);
  expect(body).toContain(`value="${forced.username}"`);
});
