import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages, type HostedPages } from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const CHOSEN = 'another horse battery staple';
const APP = 'https://app.example.com/inbox?n=1';

let pages: HostedPages;

beforeAll(async () => {
  pages = await createHostedPages({ returnOrigins: ['https://app.example.com'] });
});

afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

async function signIn(
  fields: Record<string, string>,
  query = '',
): Promise<{ browser: Browser; location: unknown }> {
  const { username } = await aPerson(pages.context, { password: PASSWORD });
  const browser = new Browser(pages.server);
  const { headers } = await browser.post(`/sign-in${query}`, { username, password: PASSWORD, ...fields });
  return { browser, location: headers.location };
}

describe('return_to', () => {
  it('is carried from the address through the form to the end', async () => {
    const browser = new Browser(pages.server);
    const form = await browser.get(`/sign-in?return_to=${encodeURIComponent(APP)}`);
    expect(form.body).toContain(`name="return_to" value="${APP}"`);
    expect(form.headers['content-security-policy']).toContain("form-action 'self' https://app.example.com;");
    const refused = await browser.post('/sign-in', { username: 'nobody', password: 'x', return_to: APP });
    expect(refused.body).toContain(`name="return_to" value="${APP}"`);
    expect((await signIn({ return_to: APP })).location).toBe(APP);
    expect((await signIn({}, `?return_to=${encodeURIComponent(APP)}`)).location).toBe(APP);
  });

  it('sends on whoever is signed in already', async () => {
    const { browser } = await signIn({});
    const { headers } = await browser.get(`/sign-in?return_to=${encodeURIComponent(APP)}`);
    expect(headers.location).toBe(APP);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    'https://app.example.com@evil.example/',
    'https://app.example.com.evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    'https://app.example.com/\r\nLocation: https://evil.example',
  ])('leads nobody to %j', async (address) => {
    const query = `?return_to=${encodeURIComponent(address)}`;
    const { browser, location } = await signIn({ return_to: address }, query);
    expect([location === '/account', String(location).startsWith('https://app.example.com/')]).toContain(
      true,
    );
    expect(String(location)).not.toMatch(/[\r\n]/);
    const again = String((await browser.get(`/sign-in${query}`)).headers.location);
    expect(again === '/account' || again.startsWith('https://app.example.com/')).toBe(true);
    const form = await new Browser(pages.server).get(`/sign-in${query}`);
    if (location === '/account') expect(form.body).not.toContain('return_to');
    expect(form.headers['content-security-policy']).not.toContain('evil');
  });

  it('takes one address: a list, or two of them, lead nowhere', async () => {
    const app = encodeURIComponent(APP);
    for (const query of [`?return_to=${app}&return_to=${app}`, `?return_to[]=${app}`])
      expect((await signIn({}, query)).location).toBe('/account');
  });

  it('waits until a temporary password is replaced, and is offered then', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD, forceReset: true });
    const browser = new Browser(pages.server);
    const entered = await browser.post('/sign-in', { username, password: PASSWORD, return_to: APP });
    expect(entered.headers.location).toBe(`/password/change?return_to=${encodeURIComponent(APP)}`);
    const form = await browser.get(String(entered.headers.location));
    expect(form.body).toContain(`name="return_to" value="${APP}"`);
    expect((await browser.get(`/sign-in?return_to=${encodeURIComponent(APP)}`)).statusCode).toBe(200);
    const both = { password: CHOSEN, passwordAgain: CHOSEN, return_to: APP };
    const done = await browser.post('/password/change', both);
    const account = await browser.get(String(done.headers.location));
    expect(account.body).toContain(`href="${APP}"`);
    expect(account.body).toContain('Continue to app.example.com');
  });
});
