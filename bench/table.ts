import type { Page } from 'playwright-core';
import { openConsole, type ConsoleBrowser } from '../test/support/console-browser.ts';
import { createWorld } from '../test/support/context.ts';
import { freePort } from '../test/support/processes.ts';
import { startTestServer } from '../test/support/test-server.ts';
import { fillWithPeople } from './many-people.ts';

/*
 * Whether the table of a million people stays smooth in the browser: how long a further
 * page takes, from the click to its rows, and how long a frame takes while scrolling, after
 * fifty pages as a ratio to the first ones; and a page of the API as a ratio to a plain
 * SELECT of as many rows. Fails when the browser's ratios are above 3.
 */

const PEOPLE = Number(process.argv[2] ?? 1_000_000);
const PAGES = 50;
const ROWS = 100;
const MEASURED = 8;
const MOST = 3;
/** Pixels a frame, and for how many frames. */
const STEP = 150;
const FRAMES = 120;

await using _server = await startTestServer();
const port = await freePort();
await using world = await createWorld('', { publicUrl: `http://localhost:${String(port)}` });
await fillWithPeople(world.context, PEOPLE);
await using opened = await openConsole({ context: world.context, port });
await opened.signIn('bench', 'admin');
await measureTable(opened);

async function measureTable({ page }: ConsoleBrowser): Promise<void> {
  const plain = median(await plainSelects());
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.locator(`[aria-rowindex="2"]`).waitFor();
  const times: number[] = [];
  const firstFrames = await frames(page);
  for (let pages = 1; pages < PAGES; pages += 1) times.push(await loadMore(page, pages));
  const lastFrames = await frames(page);
  const [early, late] = [median(times.slice(0, MEASURED)), median(times.slice(-MEASURED))];
  const [light, heavy] = [median(firstFrames), median(lastFrames)];
  const [lightest, heaviest] = [slowest(firstFrames), slowest(lastFrames)];
  const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`);
  print(`a plain SELECT of ${String(ROWS)} rows: ${plain.toFixed(1)} ms`);
  print(
    `a further page, click to rows: ${early.toFixed(0)} ms at first, ${late.toFixed(0)} ms after ${String(PAGES)} pages`,
  );
  print(
    `  as a ratio to the first: ${(late / early).toFixed(2)}; to the SELECT: ${(late / plain).toFixed(1)}`,
  );
  print(
    `a frame while scrolling: ${light.toFixed(1)} ms at first, ${heavy.toFixed(1)} ms later, ratio ${(heavy / light).toFixed(2)}`,
  );
  print(`  the slowest twentieth: ${lightest.toFixed(1)} ms at first, ${heaviest.toFixed(1)} ms later`);
  print(`elements on the page with ${String(PAGES * ROWS)} rows loaded: ${String(elements)}`);
  if (late / early > MOST || heavy / light > MOST || heaviest / lightest > MOST) process.exitCode = 1;
}

/** The rows of a page from the same table, without the API and the browser. */
async function plainSelects(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < MEASURED * 2; at += 1) {
    const started = performance.now();
    await world.context.store.read.query(
      `SELECT id, username, email, enabled FROM profiles WHERE username_key > $1 ORDER BY username_key LIMIT ${String(ROWS)}`,
      [`user${String(at * 997)}`],
    );
    times.push(performance.now() - started);
  }
  return times;
}

async function loadMore(page: Page, pages: number): Promise<number> {
  const more = page.getByRole('button', { name: 'Show more' });
  await more.scrollIntoViewIfNeeded();
  const started = performance.now();
  await more.click();
  await page.locator(`[aria-rowindex="${String(pages * ROWS + 2)}"]`).waitFor();
  return performance.now() - started;
}

/** Milliseconds of each frame while the page is scrolled up from its end, as a wheel that is spun does. */
async function frames(page: Page): Promise<readonly number[]> {
  return await page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    window.scrollTo(0, document.body.scrollHeight);
    const frame = () => {
      const now = performance.now();
      times.push(now - last);
      last = now;
      window.scrollBy(0, -${String(STEP)});
      if (times.length < ${String(FRAMES)} && window.scrollY > 0) requestAnimationFrame(frame);
      else resolve(times);
    };
    requestAnimationFrame(frame);
  })`);
}

function slowest(values: readonly number[]): number {
  return values.toSorted((a, b) => b - a)[Math.floor(values.length / 20)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
