import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inviteFirstOperator } from '../../src/app/operators/first-operator.ts';
import { api } from '../../src/http/api/plugin.ts';
import { consoleFiles } from '../../src/http/console/plugin.ts';
import { buildServer } from '../../src/http/server.ts';

import { aPerson, aSilentProvider } from '../support/a-person.ts';
import { apiParts } from '../support/api-parts.ts';
import { createHostedPages, type HostedPages } from '../support/hosted-pages.ts';
import { freePort } from '../support/processes.ts';
import { requireProgram } from '../support/programs.ts';

const PASSWORD = 'correct horse battery staple';
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

let world: HostedPages;
let server: FastifyInstance;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let origin: string;
let axe: string;
let username: string;
const complaints: string[] = [];

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${String(port)}`;
  world = await createHostedPages({ publicUrl: origin });
  const providerId = await aSilentProvider(world.context);
  ({ username } = await aPerson(world.context, { providerId }));
  const plugins = [api(world.context, await apiParts()), consoleFiles(path.resolve('dist/console'))];
  server = await buildServer(world.context, { plugins });
  await server.listen({ host: '127.0.0.1', port });
  browser = await chromium.launch({ executablePath: await requireProgram('chromium'), args: QUIET });
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // The browser reports every answer of 400 and more as an error of its own.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await world[Symbol.asyncDispose]();
});

/** What axe finds on the page as it stands, in both schemes and at both widths. */
async function violations(): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(axe);
      const rules = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      for (const rule of rules) found.add(`${colorScheme} ${String(width)} ${rule}`);
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  return [...found];
}

describe('the console', () => {
  it('lets the first operator in by the one-time link, once', async () => {
    const link = await inviteFirstOperator(world.context);
    await page.goto(link?.url.reveal() ?? '');
    await page.getByRole('heading', { name: 'Set up the first operator' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByLabel('Name').fill('first');
    await page.getByRole('textbox', { name: 'Password' }).first().fill(PASSWORD);
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByText('Nothing waits for you').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: 'Your account' }).click();
    await page.getByText('this one').waitFor();
    expect(await violations()).toEqual([]);

    const again = await context.newPage();
    await again.goto(link?.url.reveal() ?? '');
    await again.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await again.close();
  });

  it.each([
    ['Providers', 'acme-hr'],
    ['Runs', 'There has been no such run.'],
    ['People', 'Freja Lindqvist'],
    ['Mail', 'There is no such e-mail.'],
    ['Write-backs', 'No password is on its way.'],
    ['Work', 'Nothing was given up.'],
    ['Settings', 'agrees with the store'],
    ['Audit log', 'Did what'],
  ])('shows %s', async (section, text) => {
    await page.getByRole('link', { name: section, exact: true }).click();
    await page.getByRole('heading', { name: section }).waitFor();
    await page.getByText(text).first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it('finds a person, and shows what is known of them', async () => {
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByLabel('Search').fill(username.slice(0, 7));
    await page.waitForURL('**/people?text=*');
    await page.getByRole('link', { name: username }).click();
    await page.getByRole('heading', { name: username }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('switch', { name: 'Force password reset' }).click();
    await page.getByRole('switch', { name: 'Force password reset', checked: true }).waitFor();
    await page.reload();
    await page.getByRole('switch', { name: 'Force password reset', checked: true }).waitFor();
  });

  it('shows a provider with its definition', async () => {
    await page.getByRole('link', { name: 'Providers', exact: true }).click();
    await page.getByRole('link', { name: 'acme-hr' }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Everything, as a file' }).click();
    await page.getByLabel('Definition', { exact: true }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('paused', { exact: true }).waitFor();
  });

  it('invites another operator with a link that is shown once', async () => {
    await page.getByRole('link', { name: 'Operators' }).click();
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByLabel('Name').fill('helpdesk');
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    await page.getByText('Hand this link to helpdesk').waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain(`${origin}/console/set-up#`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'helpdesk', exact: true }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('makes a token, shows it once, and ends it', async () => {
    await page.getByRole('link', { name: 'Tokens' }).click();
    await page.getByText('No token has been made').waitFor();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('nightly');
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Choose at least one.').waitFor();
    await page.getByLabel('runs:read').check();
    await page.getByLabel('operators:write').check();
    await page.getByText('This token can let others in').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Copy it now').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'nightly' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('operators who got in by its links are disabled').waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('ended', { exact: true }).waitFor();
    await page.getByText('nightly has ended.').waitFor();
  });

  it('leads to a section by the keyboard', async () => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to …').fill('account');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('H1');
  });

  it('signs out, asks to sign in, and goes on where one was', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Operators\u2019 console' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.goto(`${origin}/console/tokens`);
    await page.waitForURL('**/console/sign-in?to=*');
    await page.getByLabel('Name').fill('first');
    await page.getByRole('textbox', { name: 'Password' }).first().fill('not the one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('SIGN_IN_REFUSED').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).first().fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Tokens' }).waitFor();
  });

  it('never made the browser complain', () => {
    expect(complaints).toEqual([]);
  });
});
