import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillWithPeople } from '../../bench/many-people.ts';
import { openConsole, type ConsoleBrowser } from '../support/console-browser.ts';
import { createWorld, type World } from '../support/context.ts';
import { freePort } from '../support/processes.ts';

let world: World;
let opened: ConsoleBrowser;
let page: ConsoleBrowser['page'];

const PEOPLE = 5_000;
const PAGE = 100;
const LOADED_PAGES = 25;

beforeAll(async () => {
  const port = await freePort();
  world = await createWorld('', { publicUrl: `http://localhost:${String(port)}` });
  await fillWithPeople(world.context, PEOPLE);
  opened = await openConsole({ context: world.context, port });
  ({ page } = opened);
  await opened.signIn('vera', 'admin');
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

describe('the first load of the overview', () => {
  it('transfers less than 500 kB, whatever comes later included', async () => {
    const context = await opened.browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies(await opened.context.cookies());
    const fresh = await context.newPage();
    const session = await context.newCDPSession(fresh);
    await session.send('Network.enable');
    const transferred = new Map<string, number>();
    const places = new Map<string, string>();
    session.on('Network.responseReceived', ({ requestId, response }) => {
      places.set(requestId, new URL(response.url).pathname);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      transferred.set(requestId, encodedDataLength);
    });
    await fresh.goto(`${world.context.settings.publicUrl}/console`);
    await fresh.getByText('Nothing waits for you').waitFor();
    // The last that is drawn, and the largest.
    await fresh.getByRole('heading', { name: 'People, by runs' }).waitFor();
    const bytes = [...transferred.values()].reduce((sum, each) => sum + each, 0);
    const files = [...places.values()];
    expect(files.some((file) => file.includes('activity-charts'))).toBe(true);
    expect(files.filter((file) => !/^\/(console|api)(\/|$)/.test(file))).toEqual([]);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(500_000);
    await context.close();
  });
});

describe('a table of thousands', () => {
  const counted = async (): Promise<{ rows: number; elements: number }> =>
    await page.evaluate<{ rows: number; elements: number }>(
      `({ rows: document.querySelectorAll('main tbody tr').length, elements: document.querySelectorAll('*').length })`,
    );

  it('stays small however many pages are loaded, and loses none', async () => {
    await page.getByRole('link', { name: 'People', exact: true }).click();
    const table = page.getByRole('table', { name: 'People' });
    await table.waitFor();
    const first = await counted();
    const more = page.getByRole('button', { name: 'Show more' });
    for (let loaded = 1; loaded < LOADED_PAGES; loaded += 1) {
      const answer = page.waitForResponse((response) => response.url().includes('/api/v1/profiles?'));
      await more.click();
      await answer;
      await page.getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
    }
    const last = page.locator(`[aria-rowindex="${String(LOADED_PAGES * PAGE + 1)}"]`);
    await last.waitFor();
    const many = await counted();
    expect(many.rows).toBeLessThan(first.rows * 4);
    expect(many.elements).toBeLessThan(first.elements * 4);

    await page.evaluate('window.scrollTo(0, 0)');
    await page.locator('[aria-rowindex="2"]').waitFor();
    await last.waitFor({ state: 'detached' });
    const height = (await table.boundingBox())?.height ?? 0;
    expect(height / (LOADED_PAGES * PAGE)).toBeGreaterThan(20);
    const middle = Math.floor(height / 2);
    await page.evaluate(`window.scrollTo(0, ${String(middle)})`);
    const seen = page.locator('main tbody tr[aria-rowindex]').first();
    await seen.waitFor();
    await page.waitForFunction(`document.querySelectorAll('main tbody tr[aria-rowindex]').length > 40`);
    expect((await counted()).rows).toBeLessThan(first.rows * 4);
  });

  it('never made the browser complain', () => {
    expect(opened.complaints).toEqual([]);
  });
});
