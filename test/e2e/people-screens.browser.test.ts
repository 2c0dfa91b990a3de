import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret as OtpSecret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { aPerson } from '../support/a-person.ts';
import { anOperator, OPERATOR_PASSWORD } from '../support/api.ts';
import { openConsolePages, type ConsolePages } from '../support/console-pages.ts';
import { createHostedPages, type HostedPages } from '../support/hosted-pages.ts';
import { freePort } from '../support/processes.ts';

/** What an admin does with people and operators: enter, import, do something to many, let colleagues in. */

let world: HostedPages;
let opened: ConsolePages;
let page: Page;
let origin: string;

beforeAll(async () => {
  origin = `http://localhost:${String(await freePort())}`;
  world = await createHostedPages({ publicUrl: origin, secondFactor: 'admins' });
  for (const name of ['anna', 'sam'])
    await anOperator(world.context, name, name === 'anna' ? 'admin' : 'support');
  for (let count = 0; count < 25; count += 1) await aPerson(world.context, { password: 'a temporary word' });
  opened = await openConsolePages(world.context, world.mailDirectory);
  ({ page } = opened);
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** What axe has found; told at the end, so that the story is told whole. */
const found: string[] = [];

async function look(): Promise<void> {
  found.push(...(await opened.violations()));
}

async function count(sql: string): Promise<number> {
  const rows = await world.context.store.read.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${sql}`);
  return rows[0]?.n ?? 0;
}

const press = async (name: string | RegExp): Promise<void> =>
  await page.getByRole('button', { name }).first().click();

describe('an admin', () => {
  it('sets up the second factor that is asked for, and gets nowhere before', async () => {
    await page.goto(`${origin}/console/people`);
    await page.getByLabel('Name').fill('anna');
    await page.getByRole('textbox', { name: 'Password' }).fill(OPERATOR_PASSWORD);
    await press('Sign in');
    await page.waitForURL('**/console/account');
    await page.getByText('This installation asks you for a second factor').waitFor();
    await page.goto(`${origin}/console/people`);
    await page.waitForURL('**/console/account');
    await page.getByLabel('Your password').fill(OPERATOR_PASSWORD);
    await press('Turn on');
    await page.getByRole('img', { name: 'QR code for your authenticator' }).waitFor();
    await look();
    const secret = (await page.locator('pre').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code').fill(new TOTP({ secret: OtpSecret.fromBase32(secret) }).generate());
    await press('Confirm');
    await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
    await look();
    await press('I have kept them');
    await page.getByText('10 recovery codes are left').waitFor();
    expect(await page.getByRole('button', { name: 'Turn off' }).count()).toBe(0);
  });

  it('enters somebody, and is told everything that is wrong at once', async () => {
    await page.goto(`${origin}/console/people/new`);
    await page.getByRole('heading', { name: 'Who it is' }).waitFor();
    await page.getByRole('textbox', { name: 'Username' }).fill('person1');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
    await press('Another attribute');
    await page.getByLabel('Name of the attribute').fill('dept');
    await page.getByLabel('Value of the attribute').fill('Sales');
    await press('Enter this person');
    await page.getByText('is the name or address of somebody else').first().waitFor();
    await page.getByText('is not one plain e-mail address').first().waitFor();
    await look();
    await page.getByRole('textbox', { name: 'Username' }).fill('nova');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nova@example.org');
    await press('Enter this person');
    await page.getByRole('heading', { name: 'nova' }).waitFor();
    await page.getByRole('cell', { name: 'Sales' }).first().waitFor();
    await page.getByText('The invitation has not gone out yet').waitFor();
    await press('Hold it back');
    await page.getByText('The invitation is held back').waitFor();
  });

  it('imports a file of somebody else’s making, and sees what is wrong by row and column', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => `imp${String(at)};imp${String(at)}@example.org;ja;x`);
    const csv = [
      'Login;E-post;Inbjuden;Lösenord',
      ...rows,
      'nova;new@example.org;ja;x',
      'bad;nomail;kanske;x',
    ];
    await page.goto(`${origin}/console/people/import`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'folk.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv.join('\n')),
    });
    await page.getByText('Passwords are not imported').waitFor();
    expect(await page.getByRole('combobox', { name: 'Column for Username' }).inputValue()).toBe('Login');
    await look();
    await press('Check the file');
    const wrong = page.getByRole('table', { name: 'Problems' });
    await wrong.getByRole('row', { name: '33 Inbjuden' }).waitFor();
    await wrong.getByRole('row', { name: '32 Login' }).waitFor();
    await look();
    expect(await page.getByRole('button', { name: 'Enter 30 people' }).isDisabled()).toBe(true);
    expect(await count(`profiles WHERE username LIKE 'imp%'`)).toBe(0);
    await page.getByLabel('Enter the 30 good rows').check();
    const [file] = await Promise.all([page.waitForEvent('download'), press('Download the problems')]);
    expect(file.suggestedFilename()).toBe('problems.csv');
    await press('Enter 30 people');
    await page.getByText('30 people were entered').waitFor();
    await page.getByText('30 invitations are held back.').waitFor();
    await look();
    expect(await count(`emails WHERE state = 'held'`)).toBe(31);
  });

  it('releases the invitations in waves, asked for a number when it concerns many', async () => {
    await page.getByRole('link', { name: 'To the invitations that are held' }).click();
    await page.waitForURL('**/people?invitation=held');
    await page.getByRole('link', { name: 'imp0' }).waitFor();
    await press('With everybody who matches');
    await page.getByRole('menuitem', { name: 'Release invitations' }).click();
    await page.getByText('This concerns 31 people.').waitFor();
    const go = page.getByRole('button', { name: 'Release', exact: true });
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('Type 31 to confirm').fill('31');
    expect(await go.isDisabled()).toBe(false);
    await page.getByLabel('How many people').fill('4');
    await page.getByLabel('E-mails an hour, at most').fill('2');
    await page.getByText('The last one goes out in 2 hours.').waitFor();
    await look();
    await go.click();
    await page.getByText(/^4 people get their invitation; the last e-mail goes out/).waitFor();
    expect(await count(`emails WHERE state = 'held'`)).toBe(27);
    await press('Undo');
    await page.getByText('Taken back.').waitFor();
    expect(await count(`emails WHERE state = 'held'`)).toBe(31);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('forces a reset on those who are chosen, and takes it back', async () => {
    await page.goto(`${origin}/console/people?text=person`);
    await page.getByLabel('Choose person1', { exact: true }).check();
    await page.getByLabel('Choose person2', { exact: true }).check();
    await press('With 2 people');
    await page.getByRole('menuitem', { name: 'Force a password reset' }).click();
    await page.getByText('This concerns 2 people.').waitFor();
    await press('Force the reset');
    await page.getByText('2 people have to choose a new password.').first().waitFor();
    expect(await count('profiles WHERE force_reset')).toBe(2);
    await press('Undo');
    await page.getByText('Taken back.').first().waitFor();
    expect(await count('profiles WHERE force_reset')).toBe(0);
  });

  it('sees where colleagues are signed in, and lets one in again who lost the second factor', async () => {
    const sam = await opened.browser.newContext();
    const his = await sam.newPage();
    await his.goto(`${origin}/console/sign-in`);
    await his.getByLabel('Name').fill('sam');
    await his.getByRole('textbox', { name: 'Password' }).fill(OPERATOR_PASSWORD);
    await his.getByRole('button', { name: 'Sign in' }).click();
    await his.getByRole('heading', { name: 'Overview' }).waitFor();
    await world.context.store.read.query(
      `UPDATE operators SET second_factor_since = now() WHERE name = 'sam'`,
    );

    await page.goto(`${origin}/console/operators`);
    await press('What to do with sam');
    await page.getByRole('menuitem', { name: 'Sessions' }).click();
    await page.getByRole('cell', { name: /Chrome on/ }).waitFor();
    await look();
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('Signed in nowhere.').waitFor();
    await his.reload();
    await his.waitForURL('**/sign-in?to=*');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('What to do with sam');
    await page.getByRole('menuitem', { name: 'without the second factor' }).click();
    await press('Drop it and make a link');
    await page.getByText('Hand this link to sam').waitFor();
    await look();
    expect(await count(`operators WHERE name = 'sam' AND second_factor_since IS NULL`)).toBe(1);
    await sam.close();
  });

  it('never made the browser complain, nor axe', () => {
    expect(opened.complaints).toEqual([]);
    expect(found).toEqual([]);
  });
});
