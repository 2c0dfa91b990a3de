import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { Secret } from '../../connectors/contract/secret.ts';
import { openMailer, type Mailer } from '../../jobs/mail/mailer.ts';
import { startWorkers } from '../../jobs/start-workers.ts';
import { importProfiles } from '../../src/app/profiles/import-profiles.ts';
import { aPerson, aSilentProvider } from '../support/a-person.ts';
import { anOperator } from '../support/api.ts';
import { openConsolePages, type ConsolePages } from '../support/console-pages.ts';
import { createHostedPages, type HostedPages } from '../support/hosted-pages.ts';
import { silentLogger } from '../support/logger.ts';
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.ts';
import { freePort } from '../support/processes.ts';
import { waitFor } from '../support/wait-for.ts';

/*
 * Support has a caller on the line who never got the e-mail: finds them among
 * many, sees why, mends it, and stays until the caller is in. By the keyboard alone.
 */

const CHOSEN = 'seven lamps above the harbour';

let world: HostedPages;
let smtp: MailServer;
let mailer: Mailer;
let workers: AsyncDisposable;
let opened: ConsolePages;
let page: Page;

beforeAll(async () => {
  const publicUrl = `http://localhost:${String(await freePort())}`;
  world = await createHostedPages({ publicUrl });
  smtp = await startMailServer();
  mailer = openMailer({
    smtpUrl: new Secret(smtp.url),
    capturedDirectory: world.mailDirectory,
    from: 'no-reply@access.example',
    productName: 'Access Management',
    publicUrl,
    templatesDirectory: null,
    logger: silentLogger,
  });
  workers = await startWorkers(world.context, {
    redisUrl: null,
    roles: { worker: true, scheduler: false },
    sendMail: mailer.send,
    concurrency: 1,
  });
  await anOperator(world.context, 'sam', 'support');
  await fillDirectory();
  opened = await openConsolePages(world.context, world.mailDirectory);
  ({ page } = opened);
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await workers[Symbol.asyncDispose]();
  await mailer[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** What axe has found; told at the end, so that the story is told whole. */
const found: string[] = [];

async function look(): Promise<void> {
  found.push(...(await opened.violations()));
}

/** Sixty colleagues; one whose address is mistyped, one who is held back, one whose link has expired. */
async function fillDirectory(): Promise<void> {
  const providerId = await aSilentProvider(world.context);
  for (let count = 0; count < 60; count += 1) await aPerson(world.context, { providerId });
  smtp.script.push({ at: 'recipient', reply: 550, text: 'no such user here' });
  await enter('maja.lind,maja.lind@exampel.org,Maja Lind,yes', false);
  await waitFor(async () => ((await stateOf('maja.lind')) === 'undeliverable' ? true : null));
  await enter('otto.ek,otto.ek@example.org,Otto Ek,yes', true);
  await enter('siri.dahl,siri.dahl@example.org,Siri Dahl,yes', false);
  await mailTo('siri.dahl@example.org');
  await waitFor(async () => ((await stateOf('siri.dahl')) === 'sent' ? true : null));
  await world.context.store.read.query(
    `UPDATE action_tokens SET expires_at = now() - interval '1 hour'
     WHERE profile_id = (SELECT id FROM profiles WHERE username = 'siri.dahl')`,
  );
}

async function enter(row: string, hold: boolean): Promise<void> {
  const stream = Readable.from([`username,email,displayName,preRegistration\n${row}\n`]);
  await importProfiles(world.context, { stream, hold, actor: 'anna' });
}

async function stateOf(username: string): Promise<string> {
  const rows = await world.context.store.read.query<{ state: string }[]>(
    `SELECT state FROM emails WHERE profile_id = (SELECT id FROM profiles WHERE username = $1)
     ORDER BY created_at DESC LIMIT 1`,
    [username],
  );
  return rows[0]?.state ?? '';
}

/** The newest mail to an address that carries a link. */
async function mailTo(address: string): Promise<ReceivedMail> {
  return await waitFor(async () => {
    const mails = smtp.received.filter(({ to, link }) => to.includes(address) && link !== '');
    return await Promise.resolve(mails.at(-1) ?? null);
  });
}

/** Opens somebody from the list of people, whom a search has found. */
async function find(search: string, username: string): Promise<void> {
  await page.keyboard.press('Control+k');
  // It is seen before it has the focus, and what is typed too early goes nowhere.
  await page.locator('[placeholder="Go to …"]:focus').waitFor();
  await page.keyboard.type('people');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await opened.type(page.getByLabel('Search', { exact: true }), search);
  await page.waitForURL('**/people?text=*');
  await page.getByRole('link', { name: username }).waitFor();
}

async function open(username: string): Promise<void> {
  await opened.press(page.getByRole('link', { name: username }));
  await page.getByRole('heading', { name: username }).waitFor();
}

const row = (username: string): Locator => page.getByRole('row', { name: username });

const button = (name: string): Locator => page.getByRole('button', { name }).first();

/** Follows the link in the mail, chooses a password, and signs in with it. */
async function register(mail: ReceivedMail, username: string): Promise<void> {
  const context = await opened.browser.newContext();
  const caller = await context.newPage();
  await caller.goto(mail.link);
  await caller.locator('[name=password]').fill(CHOSEN);
  await caller.locator('[name=passwordAgain]').fill(CHOSEN);
  await caller.keyboard.press('Enter');
  await caller.getByRole('link', { name: 'Sign in' }).click();
  await caller.waitForURL('**/sign-in*');
  await caller.locator('[name=username]').fill(username);
  await caller.locator('[name=password]').fill(CHOSEN);
  await caller.keyboard.press('Enter');
  await caller.waitForURL('**/account*');
  await context.close();
}

/** The titles of the timeline as the page shows it, once it shows `first` at its top. */
async function timeline(first: string): Promise<readonly string[]> {
  await page.reload();
  const titles = page.locator('.mantine-Timeline-itemTitle');
  await titles.first().filter({ hasText: first }).waitFor();
  return await titles.allInnerTexts();
}

describe('a caller without the e-mail', () => {
  it('whose address was mistyped is found, corrected, and sent a new link', async () => {
    await opened.signIn('sam');
    await find('maja li', 'maja.lind');
    expect(await page.getByRole('row').count()).toBe(2);
    await row('maja.lind').getByText('invitation bounced').waitFor();
    await page.getByText('m•••@exampel.org').waitFor();
    await look();

    await open('maja.lind');
    await page
      .getByText(/Mail does not reach this address: the address does not take mail \(\w+\)/)
      .waitFor();
    await page.getByRole('cell', { name: 'maja.lind@exampel.org' }).first().waitFor();
    await look();
    await opened.press(button('Correct the address'));
    await page.getByRole('dialog', { name: 'Change maja.lind' }).waitFor();
    await opened.type(page.getByRole('textbox', { name: 'E-mail' }), 'maja.lind@');
    await page.keyboard.press('Enter');
    await page.getByText('is not one plain e-mail address').first().waitFor();
    await look();
    await opened.type(page.getByRole('textbox', { name: 'E-mail' }), 'maja.lind@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('The invitation could not be delivered').waitFor();
    await opened.press(button('Send a new link'));
    // Seen to arrive, without loading the page again.
    await page.getByText('The invitation is with the person').waitFor();
    await register(await mailTo('maja.lind@example.org'), 'maja.lind');

    expect(await timeline('Signed in')).toEqual(
      expect.arrayContaining([
        'Signed in',
        'Password set',
        'Invitation sent',
        'Changed',
        'Invitation bounced',
        'Entered',
      ]),
    );
    await page.getByText('Nothing stands in the way').waitFor();
    await look();
  });

  it('whose invitation is held back is sent it at once, and nobody else is', async () => {
    await find('otto', 'otto.ek');
    await row('otto.ek').getByText('invitation held').waitFor();
    await open('otto.ek');
    await page.getByText('The invitation is held back').waitFor();
    await opened.press(button('Send a new link'));
    await page.getByText('The invitation is with the person').waitFor();
    await register(await mailTo('otto.ek@example.org'), 'otto.ek@example.org');
    expect(await timeline('Signed in')).toContain('Invitation held back');
  });

  it('whose link has expired is sent another', async () => {
    await find('dahl', 'siri.dahl');
    await row('siri.dahl').getByText('link expired').waitFor();
    await open('siri.dahl');
    await page.getByText('The link in the invitation has expired').waitFor();
    const old = await mailTo('siri.dahl@example.org');
    await opened.press(button('Send a new link'));
    // An attempt that meets a broken connection is made again after a minute.
    await page.getByText('The invitation is with the person').waitFor({ timeout: 120_000 });
    const mail = await mailTo('siri.dahl@example.org');
    expect(mail.link).not.toBe(old.link);
    await register(mail, 'siri.dahl');
    expect(await timeline('Signed in')).toContain('Password set');
  });

  it('was opened by support, which the audit log remembers, once for each', async () => {
    const rows = await world.context.store.read.query<{ actor: string; subject: string }[]>(
      `SELECT actor, subject FROM audit_entries WHERE action = 'profile.open'`,
    );
    expect(rows.map(({ actor }) => actor)).toEqual(['sam', 'sam', 'sam']);
    expect(new Set(rows.map(({ subject }) => subject)).size).toBe(3);
    expect(opened.complaints).toEqual([]);
    expect(found).toEqual([]);
  });
});
