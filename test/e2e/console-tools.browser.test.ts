import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../connectors/contract/secret.ts';
import { openInspector, type Inspector } from '../../jobs/inspector.ts';
import { abandonEffect } from '../../src/app/outbox/abandon-effect.ts';
import { leaseEffect } from '../../src/app/outbox/lease-effect.ts';
import { settleEffect } from '../../src/app/outbox/settle-effect.ts';
import { resendRegistration } from '../../src/app/mail/resend-registration.ts';
import { inspector, INSPECTOR_PATH } from '../../src/http/console/inspector.ts';
import { aPerson } from '../support/a-person.ts';
import { openConsole, type ConsoleBrowser } from '../support/console-browser.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../support/context.ts';
import { silentLogger } from '../support/logger.ts';
import { freePort } from '../support/processes.ts';

let world: World;
let opened: ConsoleBrowser;
let page: ConsoleBrowser['page'];
let board: Inspector;
let username = '';

beforeAll(async () => {
  const port = await freePort();
  world = await createWorld(`${PEOPLE} ${people(3)}`, { publicUrl: `http://localhost:${String(port)}` });
  const providerId = await aProvider(world);
  const { id, username: name } = await aPerson(world.context, { providerId, preRegistration: true });
  username = name;
  await resendRegistration(world.context, { profileIds: [id], cause: { kind: 'system' } });
  await giveUp();
  const storeUrl = new Secret(world.context.store.url);
  board = await openInspector({ path: INSPECTOR_PATH, redisUrl: null, storeUrl, logger: silentLogger });
  const plugins = [inspector(world.context, board.plugin)];
  opened = await openConsole({ context: world.context, port, plugins });
  ({ page } = opened);
  await opened.signIn('nora', 'admin');
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await board[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** As a worker does with an e-mail whose processes died again and again. */
async function giveUp(): Promise<void> {
  const [row] = await world.context.store.read.query<{ id: string }[]>('SELECT id FROM outbox');
  const lease = (await leaseEffect(world.context, row!.id))!;
  const outcome = { kind: 'failed', code: 'ABANDONED', reason: 'it died again and again' } as const;
  await settleEffect(world.context, lease, await abandonEffect(world.context, lease, outcome));
}

describe('templates of e-mails', () => {
  it('are shown in a frame that runs nothing, and as text', async () => {
    await page.getByText('1 person is not reached by e-mail').waitFor();
    await opened.look();
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await page.getByRole('tab', { name: 'Templates' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByText('Freja').first().waitFor();
    await opened.look();
    await page.getByText('Dark', { exact: true }).click();
    await page.frameLocator('iframe[title$="dark"]').getByText('Freja').first().waitFor();
    await opened.look();
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Swedish (sv)' }).click();
    await page.getByText('Text', { exact: true }).click();
    await page.getByRole('region', { name: 'Text' }).getByText('Freja').waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('are sent to one’s own address', async () => {
    await page.getByRole('link', { name: 'Your account' }).first().click();
    await page.getByLabel('E-mail address').fill('nora@example.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.goto(`${world.context.settings.publicUrl}/console/mail/templates`);
    await page.getByRole('button', { name: 'Send a test to nora@example.org' }).click();
    await page.getByText('Sent to nora@example.org.').waitFor();
  });
});

describe('work that was given up', () => {
  it('is shown with its reason, and done again', async () => {
    await page.getByRole('link', { name: 'Work', exact: true }).click();
    await page.getByText('it died again and again').waitFor();
    await opened.look();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 will be tried again now.').waitFor();
    await page.getByText('Nothing was given up.').waitFor();
    await page.getByText('Waiting', { exact: true }).click();
    await page.getByRole('table', { name: 'Work' }).getByRole('link', { name: username }).waitFor();
  });
});

describe('the inspector of queues', () => {
  it('opens in a tab of its own, and asks nobody else for anything', async () => {
    const origin = new URL(page.url()).origin;
    const elsewhere: string[] = [];
    opened.context.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
        elsewhere.push(request.url());
    });
    const [tab] = await Promise.all([
      opened.context.waitForEvent('page'),
      page.getByRole('link', { name: 'Look into the queues' }).click(),
    ]);
    const said: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    tab.on('pageerror', ({ message }) => said.push(message));
    await tab.reload();
    await tab
      .getByRole('link', { name: /emails/ })
      .first()
      .waitFor();
    expect([elsewhere, said]).toEqual([[], []]);
    await tab.close();
  });
});

describe('settings', () => {
  it('show what is well, what is set and how it looks', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByText('the mail server does not answer').waitFor();
    await opened.look();
    await page.getByRole('tab', { name: 'Configuration' }).click();
    await page.getByLabel('Only what is set').check({ force: true });
    await page.getByText('redis://:********@redis.example:6379/0').waitFor();
    await opened.look();
    await page.getByRole('tab', { name: 'Branding' }).click();
    await page.getByText('#a3005c').waitFor();
    await opened.look();
    await page.getByRole('tab', { name: 'Keys and access' }).click();
    await page.getByText(world.context.keyring.keyId).waitFor();
    await opened.look();
  });
});

describe('the keyboard', () => {
  it('leads to a provider and to a person', async () => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to …').fill('acme');
    await page.getByText('acme-hr').waitFor();
    await opened.look();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'acme-hr' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to …').fill(username);
    await page.getByText('Freja Lindqvist').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/people/*');
    await page.getByRole('heading', { name: username }).waitFor();
  });

  it('goes to a section by two keys, tells which, and can be told not to', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await help.waitFor();
    await opened.look();
    await help.getByRole('switch').uncheck({ force: true });
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to …').waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/runs');
    await page.getByPlaceholder('Go to …').fill('Audit');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  });
});

describe('what goes wrong', () => {
  it('is said with its code and what to do, and the rest of the console goes on', async () => {
    await page.goto(`${world.context.settings.publicUrl}/console/runs/nothing`);
    await page.getByText('RUN_NOT_FOUND').waitFor();
    await opened.look();
    await page.route('**/assets/operators-screen-*.js', async (route) => await route.abort());
    await page.getByRole('link', { name: 'Operators' }).click();
    await page.getByText('This screen cannot be shown').waitFor();
    await opened.look();
    await page.getByRole('button', { name: 'To the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  it('is nothing that the browser or axe complain of', () => {
    // What the test itself broke.
    expect(opened.complaints.filter((text) => !text.includes('operators-screen'))).toEqual([]);
    expect(opened.violations).toEqual([]);
  });
});
