import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import bcrypt from 'bcryptjs';
import type { Page } from 'playwright-core';
import { openOperatorBrowser, type OperatorBrowser } from '../support/operator-browser.ts';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { startMariadb, type MariadbServer } from '../support/mariadb.ts';
import { freePort } from '../support/processes.ts';
import { linkOfTheFirst, setUpOperator } from '../support/set-up-operator.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';
import { waitFor } from '../support/wait-for.ts';

const OPERATOR = 'correct horse battery staple';
const TEMPORARY = 'Temporary-Spring-1972';
const CHOSEN = 'another horse battery staple';
const ROLE = 'role password';
let shop: MariadbServer;
let store: StoreDatabase;
let folder: string;
let tributary: Tributary;
let browser: OperatorBrowser;
let page: Page;
let violations: OperatorBrowser['violations'];

beforeAll(async () => {
  const [server, database] = await Promise.all([startMariadb(), createStoreDatabase()]);
  [shop, store] = [server, database];
  await shop.query('CREATE DATABASE shop COLLATE utf8mb4_general_ci');
  await shop.query(
    `CREATE TABLE shop.customers (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, login varchar(40) NOT NULL, mail varchar(100),
       first_name varchar(50), last_name varchar(50), pw_hash varchar(255),
       updated_at timestamp(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at))`,
  );
  await shop.query('CREATE TABLE shop.orders (id bigint PRIMARY KEY, total decimal(10, 2))');
  const hash = await bcrypt.hash(TEMPORARY, 4);
  for (const [login, first, last] of [
    ['ada', 'Ada', 'Byron'],
    ['bjorn', 'Bj\u00f6rn', 'Ek'],
    ['grace', 'Grace', 'Hopper'],
  ])
    await shop.query(
      `INSERT INTO shop.customers (login, mail, first_name, last_name, pw_hash)
       VALUES ('${login}', ' ${login}@Example.org', '${first}', '${last}', '${hash}')`,
    );
  await shop.query(`CREATE USER reader IDENTIFIED BY '${ROLE}'`);
  for (const table of ['customers', 'orders']) await shop.query(`GRANT SELECT ON shop.${table} TO reader`);
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-register-e2e-'));
  tributary = await startTributary({ databaseUrl: store.url, dataDirectory: folder, port: await freePort() });
  browser = await openOperatorBrowser();
  ({ page, violations } = browser);
}, 180_000);

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await tributary[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function entered(title: string): Promise<void> {
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

async function goOn(): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe('somebody in IT, on a Tuesday', () => {
  it('signs in by the one-time link, and is told what to do first', async () => {
    await setUpOperator(page, await linkOfTheFirst(tributary), { name: 'first', password: OPERATOR });
    const sections = page.getByRole('navigation', { name: 'Sections' });
    await sections.getByRole('link', { name: 'Providers' }).click();
    await page.getByText('No database is registered yet').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: 'Register a provider' }).first().click();
    await entered('What to register');
  });

  it('says what kind of database it is, by the keyboard alone', async () => {
    await page.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Give it a name.').waitFor();
    await page.keyboard.type('shop');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('radio', { name: 'MySQL or MariaDB', checked: true }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('textbox', { name: 'Name' }).focus();
    await browser.tabTo('Continue');
    await page.keyboard.press('Enter');
    await entered('Where the database is');
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('H1');
  });

  it('is told step by step what is wrong with the connection, and mends it', async () => {
    await page.getByRole('textbox', { name: 'Host' }).fill(shop.host);
    await page.getByRole('textbox', { name: 'Port' }).fill(String(shop.port));
    await page.getByRole('textbox', { name: 'Database' }).fill('shop');
    await page.getByRole('textbox', { name: 'User' }).fill('reader');
    await page.getByRole('textbox', { name: 'Password' }).fill('not the one');
    await page.getByRole('radio', { name: 'Not encrypted' }).click();
    await goOn();
    await page.getByText('SOURCE_LOGIN_REFUSED').waitFor();
    await page.getByText('The port answers passed').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('textbox', { name: 'Password' }).fill(ROLE);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('The connection works.').waitFor();
    await goOn();
    await entered('Which records');
  });

  it('finds the table chosen that looks like people, and how its changes are found', async () => {
    await page.getByRole('radio', { name: 'shop.customers', checked: true }).waitFor();
    await page.getByRole('radio', { name: 'shop.orders' }).waitFor();
    expect(await violations()).toEqual([]);
    await goOn();
    await entered('How changes are found');
    await page.getByText('Suggested for its name, and it holds times').waitFor();
    expect(await violations()).toEqual([]);
    await goOn();
  });

  it('sees people beside the mapping, loses nothing by a reload but the password, and is shown the wrong character', async () => {
    await entered('How records become people');
    await page.getByRole('cell', { name: 'ada@example.org' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.reload();
    await page.getByLabel('Password of the database').waitFor();
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(ROLE);
    expect(await violations()).toEqual([]);
    await page.getByLabel('Password of the database').fill(ROLE);
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'ada@example.org' }).waitFor();

    await page.getByRole('combobox', { name: 'Display name comes from' }).click();
    await page.getByRole('option', { name: 'an expression' }).click();
    const expression = page.getByRole('textbox', { name: 'Expression of Display name' });
    await expression.fill('record.first_name + + record.last_name');
    await page.getByText(/unexpected token.*\n.*record.first_name \+ \+ record.last_name\n +\^/).waitFor();
    expect(await violations()).toEqual([]);
    await expression.fill("record.first_name + ' ' + record.last_name");
    await page.getByRole('cell', { name: 'Ada Byron' }).waitFor();
    await goOn();
  });

  it('decides on passwords, schedule and safeguards in words', async () => {
    await entered('Passwords and the first sign-in');
    await page.getByText('recognised: bcrypt').waitFor();
    await page.getByRole('radio', { name: 'They sign in once with the password they have' }).click();
    expect(await violations()).toEqual([]);
    await goOn();
    await entered('When runs start');
    await page.getByRole('list', { name: 'The next five times' }).first().waitFor();
    expect(await page.getByRole('list', { name: 'The next five times' }).first().locator('li').count()).toBe(
      5,
    );
    expect(await violations()).toEqual([]);
    await goOn();
    await entered('When to stop and ask');
    expect(await violations()).toEqual([]);
    await goOn();
  });

  it('takes the file for git along', async () => {
    await entered('What would happen');
    await page.getByText('The first run passed').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'The file for git' }).click();
    const file = await page.getByRole('region', { name: 'shop.yaml' }).innerText();
    expect(file).toContain('password: ${SHOP_PASSWORD}');
    expect(file).toContain("expression: record.first_name + ' ' + record.last_name");
    expect(file).not.toContain(ROLE);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('registers it, looks at the plan of a dry run, and starts the first run', async () => {
    await page.getByRole('button', { name: 'Register it, and try' }).click();
    const plan = page.getByRole('region', { name: 'The plan' });
    await plan.getByText('Grace Hopper').waitFor();
    expect(await violations()).toEqual([]);
    const listed = await tributary.run(['profile', 'list', '--json']);
    expect(listed.stdout.trim()).toBe('');
    await page.getByRole('button', { name: 'This is right: start the first run' }).click();
    await entered('The first run');
    await page.getByText('Its people can sign in.').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('sees the first person sign in', async () => {
    const person = await browser.stranger();
    await person.goto(`${tributary.origin}/sign-in`);
    await person.getByLabel('Username or e-mail address').fill('ada');
    await person.getByLabel('Password', { exact: true }).fill(TEMPORARY);
    await person.keyboard.press('Enter');
    await person.waitForURL('**/password/change');
    await person.getByLabel('New password', { exact: true }).fill(CHOSEN);
    await person.getByLabel('New password, once more', { exact: true }).fill(CHOSEN);
    await person.getByRole('button', { name: 'Set password' }).click();
    await person.waitForURL('**/account?password-set');
    await person.context().close();
  });
});

describe('the page of what was registered', () => {
  it('shows how it is, and what comes next', async () => {
    await page.getByRole('link', { name: 'Go to shop' }).click();
    await page.getByRole('list', { name: 'The next five times' }).first().waitFor();
    await page.getByRole('button', { name: 'Run the checks' }).click();
    await page.getByText('It is ready.').waitFor();
    expect(await violations()).toEqual([]);
    for (const [tab, text] of [
      ['Runs', 'full'],
      ['People', 'Grace Hopper'],
      ['At the source', 'Nothing of ours stands in this database.'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').getByText(text).first().waitFor();
      expect(await violations()).toEqual([]);
    }
  });

  it('shows the difference before it saves, and says when somebody else was faster', async () => {
    await page.getByRole('tab', { name: 'Mapping' }).click();
    await page.getByRole('cell', { name: 'Ada Byron' }).waitFor();
    expect(await violations()).toEqual([]);
    const change = async (text: string): Promise<void> => {
      await page.getByRole('textbox', { name: 'Expression of Display name' }).fill(text);
      await page.getByRole('button', { name: 'Review the changes' }).click();
      await page.getByRole('dialog').getByText(text).waitFor();
    };
    await change("record.last_name + ', ' + record.first_name");
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Byron, Ada' }).waitFor();
    await change('record.login');
    await page.evaluate(async () => {
      const at = '/api/v1/providers/shop';
      const read = await fetch(at);
      const { definition } = (await read.json()) as { definition: object };
      const headers = { 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' };
      await fetch(at, { method: 'PUT', headers, body: JSON.stringify({ ...definition, match: 'email' }) });
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('DEFINITION_CHANGED').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Drop mine, and show what it is now' }).click();
    await page.getByRole('cell', { name: 'Byron, Ada' }).waitFor();
  });

  it('asks for the password again before it goes to another host', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Host' }).fill('localhost');
    await page.getByRole('button', { name: 'Review the changes' }).click();
    await page.getByText('PASSWORD_REQUIRED_AGAIN').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Drop the changes' }).click();
  });

  it('goes only when its name is typed, and its people stay', async () => {
    await page.getByRole('button', { name: 'Remove \u2026' }).click();
    await page.getByLabel('Type shop to confirm').fill('shop');
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('shop is removed. Its 3 people are kept.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('No database is registered yet').waitFor();
    await waitFor(async () => (await tributary.run(['profile', 'show', 'ada'])).code === 0);
  });
});

it('never made the browser complain', () => {
  expect(browser.complaints).toEqual([]);
});
