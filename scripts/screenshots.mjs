// `npm run docs:images`: starts a demo of its own, with people who do not exist, and takes the pictures of the guide:
// docs/images/NAME-light.png and NAME-dark.png. Needs Chromium (CHROMIUM, or /usr/bin/chromium).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { prepare } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IMAGES = join(ROOT, 'docs', 'images');
/** A clone should stay quick to fetch. */
const MOST_BYTES = 200_000;
const MOST_BYTES_IN_ALL = 3_000_000;
const VIEW = { width: 1280, height: 800 };
const OPERATOR = 'grace';
const PASSWORD = 'nine brass kettles hum at noon';
/** So many of the thousand sample people leave at once: enough for a safeguard to hold the run. */
const LEAVE = 120;

await prepare();
const folder = mkdtempSync(join(tmpdir(), 'tributary-pictures-'));
const port = await freePort();
const origin = `http://localhost:${port}`;
const environment = {
  ...process.env,
  NO_COLOR: '1',
  TRIBUTARY_DATA_DIR: folder,
  TRIBUTARY_PORT: String(port),
};
for (const name of ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL']) delete environment[name];
const demo = spawn(process.execPath, [join(ROOT, 'bin/tributary'), 'demo'], { env: environment });
let said = '';
for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (chunk) => (said += String(chunk)));

try {
  await until(() => said.includes('Ctrl-C stops'));
  const { told, heldRun } = await makeStories();
  mkdirSync(IMAGES, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  for (const scheme of ['light', 'dark']) {
    await takePeoplesPages(browser, scheme, told);
    await takeConsole(browser, scheme, heldRun);
  }
  await browser.close();
  checkSizes();
} finally {
  demo.kill('SIGTERM');
  await new Promise((resolve) => demo.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}

/** A night on which something is wrong, so that the pictures show what people look for. */
async function makeStories() {
  const link = /http:\S+set-up\S+/.exec(said)?.[0] ?? '';
  await setUpOperator(link);
  await run(['sync', 'acme-hr', '--wait']);
  await leave();
  await run(['sync', 'acme-hr', '--wait']);
  const [held] = (await run(['run', 'list', '--limit', '1', '--json'])).split('\n');
  // As the demo printed it: somebody with a temporary password.
  const [, username = '', temporary = ''] =
    /^ {4}(\S+) {2,}(?!\()(\S.*?) {2,}/m.exec(said.slice(said.indexOf('Sign in as'))) ?? [];
  return { told: { username, temporary }, heldRun: JSON.parse(held ?? '{}').id };
}

async function setUpOperator(link) {
  const token = new URL(link).searchParams.get('token') ?? new URL(link).hash.replace(/^#(token=)?/, '');
  const response = await globalThis.fetch(`${origin}/api/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: OPERATOR, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`no operator was made: ${await response.text()}`);
}

async function leave() {
  const { findEmbeddedDatabase } = await import('../dist/src/store/embedded/find.js');
  const { SAMPLE_DATABASE } = await import('../dist/src/bin/demo/sample-database.js');
  const url = await findEmbeddedDatabase(join(folder, 'postgres'), SAMPLE_DATABASE);
  const client = new pg.Client({ connectionString: url.reveal() });
  await client.connect();
  const { rows } = await client.query(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  for (const { name } of rows)
    await client.query(
      `DELETE FROM ${name} WHERE ctid IN (SELECT ctid FROM ${name} OFFSET 500 LIMIT ${LEAVE})`,
    );
  await client.end();
}

async function takePeoplesPages(browser, scheme, { username, temporary }) {
  const page = await open(browser, scheme);
  await page.goto(`${origin}/sign-in`);
  await take(page, 'sign-in', scheme);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', temporary);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL(/password\/change/);
  await take(page, 'choose-password', scheme);
  await page.context().close();
}

async function takeConsole(browser, scheme, heldRun) {
  const page = await open(browser, scheme);
  await page.goto(`${origin}/console/sign-in`);
  await page.getByLabel('Name').fill(OPERATOR);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Password' }).press('Enter');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await take(page, 'overview', scheme);
  const screens = [
    ['provider', '/providers/acme-hr'],
    ['held-run', `/runs/${heldRun}`],
    ['people', '/people'],
  ];
  for (const [name, place] of screens) {
    await page.goto(`${origin}/console${place}`);
    await take(page, name, scheme);
  }
  await page.goto(`${origin}/console/people/${await somebody(page)}`);
  await take(page, 'person', scheme);
  await page.goto(`${origin}/console/register`);
  await take(page, 'register', scheme);
  await page.context().close();
}

/** The id of the first of the people. */
async function somebody(page) {
  return await page.evaluate(async () => {
    const response = await globalThis.fetch('/api/v1/profiles?limit=1');
    return (await response.json()).items[0].id;
  });
}

async function open(browser, colorScheme) {
  const context = await browser.newContext({
    viewport: VIEW,
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  return await context.newPage();
}

/** When nothing moves any more. */
async function take(page, name, scheme) {
  await page.waitForLoadState('load');
  await page.waitForFunction(
    () => document.querySelectorAll('.mantine-Skeleton-root, .mantine-Loader-root').length === 0,
  );
  await page.waitForTimeout(700);
  await page.screenshot({
    path: join(IMAGES, `${name}-${scheme}.png`),
    animations: 'disabled',
    caret: 'hide',
  });
}

function checkSizes() {
  const files = readdirSync(IMAGES).map((name) => ({ name, bytes: statSync(join(IMAGES, name)).size }));
  const large = files.filter(({ bytes }) => bytes > MOST_BYTES).map(({ name }) => name);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  console.error(`${files.length} pictures, ${Math.round(all / 1_000)} kB in all`);
  if (large.length > 0 || all > MOST_BYTES_IN_ALL)
    throw new Error(`too large: ${large.join(', ') || 'all of them together'}`);
}

async function run(args) {
  const child = spawn(process.execPath, [join(ROOT, 'bin/tributary'), ...args], { env: environment });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  await new Promise((resolve) => child.once('exit', resolve));
  return text;
}

async function until(holds) {
  while (!holds()) {
    if (demo.exitCode !== null) throw new Error(`the demo ended:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (existsSync(join(folder, 'postgres'))) throw new Error('the folder is not new');
  return free;
}
