import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { storeCaptured } from '../../src/app/mail/captured-mailbox.ts';
import { newId } from '../../src/kernel/ids.ts';
import { aPerson } from '../support/a-person.ts';
import { createHostedPages, tokenOf, type HostedPages } from '../support/hosted-pages.ts';
import { requireProgram } from '../support/programs.ts';

const PASSWORD = 'correct horse battery staple';
const MAIL = newId();
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let pages: HostedPages;
let browser: Browser;
let origin: string;
let axe: string;

beforeAll(async () => {
  pages = await createHostedPages();
  await pages.server.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://localhost:${String((pages.server.server.address() as AddressInfo).port)}`;
  browser = await chromium.launch({ executablePath: await requireProgram('chromium'), args: QUIET });
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await storeCaptured(pages.mailDirectory, {
    id: MAIL,
    at: '2026-03-02T09:30:00.000Z',
    to: 'freja@example.org',
    from: 'no-reply@localhost',
    subject: 'Choose your first password',
    text: 'Hello',
    html: '<!doctype html><html lang="en"><head><title>Hello</title></head><body><main><h1>Hello</h1></main></body></html>',
    headers: {},
  });
});

afterAll(async () => {
  await browser.close();
  await pages[Symbol.asyncDispose]();
});

async function signIn(page: Page, about: { forceReset: boolean }): Promise<void> {
  const { username } = await aPerson(pages.context, { password: PASSWORD, ...about });
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Username or e-mail address').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(about.forceReset ? '**/password/change' : '**/account');
}

async function openLink(page: Page, purpose: 'first-password' | 'reset-password'): Promise<void> {
  const { id } = await aPerson(pages.context, { preRegistration: purpose === 'first-password' });
  const path = purpose === 'first-password' ? 'first' : 'reset';
  await page.goto(`${origin}/password/${path}?token=${await tokenOf(pages, { profileId: id, purpose })}`);
}

async function choose(page: Page, first: string, again = first): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(first);
  await page.getByLabel('New password, once more', { exact: true }).fill(again);
  await page.getByRole('button', { name: 'Set password' }).click();
}

/** Every page, in every state that looks different. */
const STATES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'sign in': async (page) => await page.goto(`${origin}/sign-in`),
  'sign in, refused': async (page) => {
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('Username or e-mail address').fill('nobody');
    await page.getByLabel('Password', { exact: true }).fill('nothing');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
  },
  'sign in, signed out': async (page) => await page.goto(`${origin}/sign-in?signed-out`),
  account: async (page) => await signIn(page, { forceReset: false }),
  'account, password just set': async (page) => {
    await signIn(page, { forceReset: true });
    await choose(page, 'another horse battery staple');
    await page.waitForURL('**/account?password-set');
  },
  'change, required': async (page) => await signIn(page, { forceReset: true }),
  'change, signed in': async (page) => {
    await signIn(page, { forceReset: false });
    await page.getByRole('link', { name: 'Change password' }).click();
  },
  'first password': async (page) => await openLink(page, 'first-password'),
  'first password, two faults': async (page) => {
    await openLink(page, 'first-password');
    await choose(page, 'short', 'shorter');
    await page.getByRole('alert').waitFor();
  },
  'first password, set': async (page) => {
    await openLink(page, 'first-password');
    await choose(page, PASSWORD);
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
  },
  reset: async (page) => await openLink(page, 'reset-password'),
  'link over': async (page) => await page.goto(`${origin}/password/first?token=x`),
  'link sent': async (page) => {
    await page.goto(`${origin}/password/first?token=x`);
    await page.getByRole('button', { name: 'Send a new link' }).click();
  },
  forgot: async (page) => await page.goto(`${origin}/password/forgot`),
  'forgot, nobody named': async (page) => {
    await page.goto(`${origin}/password/forgot`);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('alert').waitFor();
  },
  mailbox: async (page) => await page.goto(`${origin}/mailbox`),
  mail: async (page) => await page.goto(`${origin}/mailbox/${MAIL}`),
  'not found': async (page) => await page.goto(`${origin}/nowhere`),
};

async function visit(
  options: Parameters<Browser['newContext']>[0],
  work: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  try {
    await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  // Evaluated through the debugger, which no content security policy concerns.
  await page.evaluate(axe);
  const result = await page.evaluate<AxeResult>('axe.run()');
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

describe('in light and in dark', () => {
  it.each(Object.keys(STATES))('axe finds nothing on: %s', async (name) => {
    await visit({ colorScheme: 'light', viewport: { width: 390, height: 844 } }, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        // Statuses like 422 are answers of ours and not faults of the page.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await STATES[name]!(page);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(complaints).toEqual([]);
      // Nothing is cut off or scrolls sideways on a telephone.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    });
  });
});

describe('with the keyboard alone', () => {
  it('a person signs in, is made to choose, and signs out', async () => {
    const { username } = await aPerson(pages.context, { password: PASSWORD, forceReset: true });
    await visit({}, async (page) => {
      await page.goto(`${origin}/sign-in`);
      await tabTo(page, '#username');
      await page.keyboard.type(username);
      await page.keyboard.press('Tab');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/password/change');
      await tabTo(page, '#password');
      await page.keyboard.type('another horse battery staple');
      await tabTo(page, '#passwordAgain');
      await page.keyboard.type('another horse battery staple');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account?password-set');
      await tabTo(page, 'form[action="/sign-out"] button');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/sign-in?signed-out');
    });
  });

  it('the focus goes to the summary of faults, and from there to the field', async () => {
    await visit({}, async (page) => {
      await openLink(page, 'first-password');
      await choose(page, 'short');
      await page.getByRole('alert').waitFor();
      expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe('alert');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('password');
    });
  });
});

describe('the button that shows a password', () => {
  it('shows and hides what was typed, is large enough, and sends it hidden', async () => {
    await visit({}, async (page) => {
      await page.goto(`${origin}/sign-in`);
      const field = page.locator('#password');
      await field.fill('visible');
      const button = page.getByRole('button', { name: 'Show' });
      const box = await button.boundingBox();
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(24);
      await button.click();
      expect(await field.getAttribute('type')).toBe('text');
      await page.getByRole('button', { name: 'Hide' }).click();
      expect(await field.getAttribute('type')).toBe('password');
    });
  });

  it('is not there without scripts, and everything else works', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await signIn(page, { forceReset: true });
      expect(await page.getByRole('button').count()).toBe(1);
      await choose(page, 'short');
      await page.getByRole('alert').waitFor();
      await choose(page, 'another horse battery staple');
      await page.waitForURL('**/account?password-set');
    });
  });
});

/** Presses Tab until the element has the focus; a page on which it never gets it fails. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

describe('while somebody types a new password', () => {
  it('says what is wrong and what is good, in words, and whether the second is like the first', async () => {
    await visit({}, async (page) => {
      await openLink(page, 'first-password');
      const first = page.getByLabel('New password', { exact: true });
      const again = page.getByLabel('New password, once more', { exact: true });
      const guide = page.locator('.strength');
      await expectText(guide, '', 0);
      await first.pressSequentially('short');
      await expectText(guide, '10 more', 1);
      await first.fill('aaaaaaaaaaaaaaaaaa');
      await expectText(guide, /repeat|guess/i, 2);
      const own = await page.locator('[name=username]').inputValue();
      await first.fill(`${own}${own}${own}`);
      await expectText(guide, /name|address/i, 2);
      await first.fill('seven wet umbrellas');
      await expectText(guide, /./, 3);
      await first.fill('seven wet umbrellas on a quiet hill');
      await expectText(guide, /./, 4);
      await again.fill('seven dry');
      const differ = page.locator('.match');
      await differ.filter({ hasText: /\S/ }).waitFor();
      await again.fill('seven wet');
      await differ.filter({ hasNotText: /\S/ }).waitFor({ state: 'attached' });
      expect(await guide.locator('.words').getAttribute('aria-live')).toBe('polite');
    });
  });
});

async function expectText(guide: Locator, words: string | RegExp, level: number): Promise<void> {
  await guide.and(guide.page().locator(`[data-level="${String(level)}"]`)).waitFor({ state: 'attached' });
  const said = await guide.locator('.words').textContent();
  if (typeof words === 'string') expect(said).toContain(words);
  else expect(said).toMatch(words);
}
