import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { openOperatorBrowser, type OperatorBrowser } from '../support/operator-browser.ts';
import { freePort } from '../support/processes.ts';
import { inviteOperator, linkOfTheFirst, setUpOperator } from '../support/set-up-operator.ts';
import { createSqliteFile, type SqliteFile } from '../support/sqlite-file.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';

/*
 * What the wizard does for the kinds of provider that need other steps than a server
 * with a table, and for whoever may only look.
 */

const OPERATOR = 'correct horse battery staple';
const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const PEOPLE = `
  CREATE TABLE members (member_no INTEGER PRIMARY KEY, nick TEXT, email TEXT, pw TEXT, modified TEXT, active INTEGER);
  CREATE TABLE auth_user (id INTEGER PRIMARY KEY, password varchar(128), is_superuser bool, username varchar(150),
    last_name varchar(150), email varchar(254), is_staff bool, is_active bool, date_joined datetime, first_name varchar(150));
  INSERT INTO members VALUES (1, 'ada', 'ada@example.org', '${HASH}', '2026-01-01T10:00:00Z', 1),
    (2, 'grace', 'grace@example.org', '${HASH}', '2026-01-02T10:00:00Z', 1);
  INSERT INTO auth_user VALUES (1, '${HASH}', 0, 'ada', 'Byron', 'ada@example.org', 0, 1, '2026-01-01', 'Ada')`;
const QUERY = 'SELECT member_no, nick AS login, email, pw, modified FROM members WHERE active = 1';

let store: StoreDatabase;
let file: SqliteFile;
let folder: string;
let tributary: Tributary;
let browser: OperatorBrowser;
let page: Page;

beforeAll(async () => {
  [store, file, browser] = await Promise.all([
    createStoreDatabase(),
    createSqliteFile(PEOPLE),
    openOperatorBrowser(),
  ]);
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-wizard-e2e-'));
  tributary = await startTributary({
    databaseUrl: store.url,
    dataDirectory: folder,
    port: await freePort(),
    sqliteFolder: file.folder,
  });
  ({ page } = browser);
  await setUpOperator(page, await linkOfTheFirst(tributary), { name: 'first', password: OPERATOR });
}, 180_000);

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await tributary[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await file[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function entered(title: string): Promise<void> {
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

async function goOn(title: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
  await entered(title);
}

/** Begins with a name and a kind, whatever was begun before. */
async function begin(name: string, kind: string): Promise<void> {
  await page.goto(`${tributary.origin}/console/register`);
  if (!(await page.getByRole('heading', { name: 'What to register' }).isVisible())) {
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Begin anew' }).click();
  }
  await entered('What to register');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('radio', { name: kind }).click();
}

async function fileForGit(name: string): Promise<string> {
  await page.getByRole('button', { name: 'The file for git' }).click();
  const text = await page.getByRole('region', { name: `${name}.yaml` }).innerText();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return text;
}

async function mapColumn(field: string, column: string): Promise<void> {
  await page.getByRole('combobox', { name: `${field} comes from` }).click();
  await page.getByRole('option', { name: 'a column', exact: true }).click();
  await page.getByLabel(`Column of ${field}`).fill(column);
}

async function start(): Promise<void> {
  await page.getByRole('button', { name: 'This is right: start the first run' }).click();
  await entered('The first run');
}

describe('a system that pushes', () => {
  it('has fewer steps, and is mapped before anything has come', async () => {
    await begin('partners', 'It pushes');
    await goOn('Which records');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Say what tells the records apart.').waitFor();
    await page.getByRole('combobox', { name: 'Key' }).fill('id');
    await goOn('How records become people');
    await mapColumn('Username', 'login');
    await mapColumn('E-mail address', 'mail');
    await page.getByText('Nothing has been posted yet. Name the columns').waitFor();
    expect(await browser.violations()).toEqual([]);
    expect(await fileForGit('partners')).toContain('connector: push\nsource:\n  key:\n    - id\n');
    await goOn('Passwords and the first sign-in');
    await goOn('When runs start');
    await goOn('When to stop and ask');
    await goOn('What would happen');
  });

  it('gets its key, posts, is seen to have posted, and is run dry and in earnest', async () => {
    expect(await page.getByRole('button', { name: 'Dry run' }).count()).toBe(1); // The step of that name.
    await page.getByRole('button', { name: 'Register it, and make the key' }).click();
    const key = await page.getByRole('region', { name: 'Key' }).innerText();
    const example = await page.getByRole('region', { name: 'Example request' }).innerText();
    expect(example).toContain(`{"record":{"login":"ada","mail":"ada@example.org","id":"7"}}`);
    await page.getByText('Nothing has been posted yet. This line').waitFor();
    expect(await browser.violations()).toEqual([]);
    const payload = JSON.stringify({ records: [{ id: 1, login: 'ada' }, { id: 2 }] });
    const posted = await fetch(/http\S+hooks\S+/.exec(example)?.[0] ?? '', {
      method: 'POST',
      body: payload,
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': new Webhook(key.trim()).sign('msg_1', new Date(), payload),
      },
    });
    expect(posted.status).toBe(202);
    await page.getByText('2 records have been posted.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Make a new key' }).waitFor();
    expect(await page.getByText(key.trim()).count()).toBe(0);
    await page.getByRole('button', { name: 'Dry run' }).last().click();
    await page.getByRole('cell', { name: 'the username is empty' }).waitFor();
    await start();
    await page.getByText('Its people are here, without passwords').waitFor();
  });
});

describe('a SQLite file', () => {
  it('has to be one that may be used, and the wizard says which are not', async () => {
    await begin('members', 'SQLite');
    await goOn('Where the database is');
    const path = page.getByRole('textbox', { name: 'File' });
    for (const [given, code] of [
      ['/etc/passwd', 'SOURCE_FILE_REFUSED'],
      ['nothing.db', 'SOURCE_DATABASE_MISSING'],
    ] as const) {
      await path.fill(given);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(code).waitFor();
    }
    await path.fill('people.db');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('The connection works.').waitFor();
    await goOn('Which records');
  });

  it('is asked with a query, whose columns, key and mapping are suggested with reasons', async () => {
    await page.getByText('In a query').click();
    const query = page.getByRole('textbox', { name: 'Query' });
    await query.fill('SELECT nick FROM member');
    await page.getByRole('button', { name: 'Try the query' }).click();
    await page.getByText('no such table: member').waitFor();
    expect(await browser.violations()).toEqual([]);
    await query.fill(QUERY);
    await page.getByRole('button', { name: 'Try the query' }).click();
    const columns = page.getByRole('table', { name: 'Columns of the query' });
    for (const row of [
      'member_no integer key: no record looked at leaves it empty or repeats it',
      'email text email: its name, and its values look like e-mail addresses',
      'pw text password.column: its values are password hashes (bcrypt)',
      'modified text changes.cursor: its name, and it holds times or numbers that can grow',
    ])
      await columns.getByRole('row', { name: row }).waitFor();
    expect(await page.getByRole('table', { name: 'Tables and views' }).count()).toBe(0);
    expect(await browser.violations()).toEqual([]);
    await page.reload();
    await columns.waitFor();
    await goOn('How changes are found');
    await page.getByText('Suggested for its name, and it holds times').waitFor();
    await goOn('How records become people');
    await page.getByText('nothing declares a key of a query: member_no').waitFor();
    await page.getByRole('cell', { name: 'ada@example.org' }).waitFor();
  });

  it('goes with what was asked for into the file for git, and is registered', async () => {
    await goOn('Passwords and the first sign-in');
    await page.getByText('nothing can be written through one').waitFor();
    await goOn('When runs start');
    await goOn('When to stop and ask');
    await goOn('What would happen');
    const text = await fileForGit('members');
    for (const part of ['file: people.db', 'FROM members', '- member_no', 'cursor: modified', 'column: pw'])
      expect(text).toContain(part);
    await page.getByText('The first run passed').waitFor();
    await page.getByRole('button', { name: 'Rights it needs, as commands' }).waitFor();
    await page.getByRole('button', { name: 'Register it, and try' }).click();
    await page.getByRole('region', { name: 'The plan' }).getByText('grace@example.org').waitFor();
    await start();
    await page.getByText('Its people can sign in.').waitFor();
  });
});

describe('an application', () => {
  it('that was chosen at the start says so when its tables are not there', async () => {
    await begin('cloud', 'SQLite');
    await page.getByRole('combobox', { name: 'Application' }).click();
    await page.getByRole('option', { name: /Nextcloud/ }).click();
    await page.getByText('People of LDAP and other backends are not in this table.').waitFor();
    await goOn('Where the database is');
    await page.getByRole('textbox', { name: 'File' }).fill('people.db');
    await goOn('Which records');
    await page.getByText('Filled in for Nextcloud').waitFor();
    await page.getByRole('radio', { name: 'auth_user' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('There is no table or view oc_users that the login can see.').waitFor();
    expect(await browser.violations()).toEqual([]);
  });

  it('that is recognised by its tables fills in the steps', async () => {
    await begin('site', 'SQLite');
    await goOn('Where the database is');
    await page.getByRole('textbox', { name: 'File' }).fill('people.db');
    await goOn('Which records');
    await page.getByText('These are the tables of Django').waitFor();
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('Filled in for Django').waitFor();
    await page.getByRole('radio', { name: 'auth_user', checked: true }).waitFor();
    await goOn('How changes are found');
    await goOn('How records become people');
    await page.getByRole('cell', { name: 'Byron' }).waitFor();
    expect(await fileForGit('site')).toContain('table: auth_user');
    await goOn('Passwords and the first sign-in');
    await page.getByRole('switch', { name: /Write a password/, checked: true }).waitFor();
  });
});

describe('whoever may only look', () => {
  it.each(['viewer', 'support'] as const)('as %s is offered nothing that is refused', async (role) => {
    const theirs = await browser.stranger();
    await setUpOperator(theirs, await inviteOperator(page, role, role), { password: OPERATOR });
    const refused: string[] = [];
    theirs.on('response', (response) => {
      if (response.status() === 403) refused.push(response.url());
    });
    await theirs.goto(`${tributary.origin}/console/register`);
    await theirs.getByText('This takes an admin.').waitFor();
    const counts: number[] = [];
    await theirs.goto(`${tributary.origin}/console/providers/members`);
    for (const tab of ['Overview', 'Runs', 'Mapping', 'People', 'Schedule', 'Settings']) {
      await theirs.getByRole('tab', { name: tab }).click();
      await theirs.getByRole('tabpanel').getByText(/\w/).first().waitFor();
      const main = theirs.getByRole('main');
      for (const button of ['Pause', 'Save', 'Remove …', 'Make a new key …'])
        counts.push(await main.getByRole('button', { name: button }).count());
    }
    expect(counts.every((count) => count === 0)).toBe(true);
    expect(await theirs.getByRole('tab', { name: 'At the source' }).count()).toBe(0);
    await theirs.getByRole('tab', { name: 'Overview' }).click();
    await theirs.getByText('Runs to come').waitFor();
    const helps = role === 'support' ? 1 : 0;
    for (const button of ['Sync', 'Run the checks'])
      expect(await theirs.getByRole('button', { name: button }).count()).toBe(helps);
    if (role === 'support') {
      await theirs.getByRole('button', { name: 'Run the checks' }).click();
      await theirs.getByText('It is ready.').waitFor();
    }
    expect(refused).toEqual([]);
    await theirs.context().close();
  });
});

it('never made the browser complain', () => {
  expect(browser.complaints).toEqual([]);
});
