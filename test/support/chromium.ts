import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { requireProgram } from './programs.ts';

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

/** Chromium, without anything that it does by itself. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: await requireProgram('chromium'), args: QUIET });
}

/** What the browser says in its console from now on, refused answers apart; it grows. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // The browser reports every answer of 400 and more as an error of its own.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}

let axe: Promise<string> | null = null;

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 390] as const;

/**
 * What axe finds on a page of the console as it stands, in both schemes and at both widths; light and wide are left again.
 *
 * @param within a selector: what is in there alone, and only wide in light and narrow in dark; for what there is a lot of.
 */
export async function violationsOf(page: Page, within?: string): Promise<readonly string[]> {
  axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const script = await axe;
  const found = new Set<string>();
  for (const colorScheme of SCHEMES)
    for (const width of WIDTHS) {
      if (within !== undefined && (colorScheme === 'light') !== (width === WIDTHS[0])) continue;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page, colorScheme);
      await shoot(page, `${colorScheme}-${String(width)}`);
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(script);
      const rules = await page.evaluate(async (where) => {
        const { axe: here } = globalThis as unknown as {
          axe: { run(where: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await here.run(where)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      }, within ?? 'html');
      for (const rule of rules)
        found.add(`${new URL(page.url()).pathname} ${colorScheme} ${String(width)} ${rule}`);
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  return [...found];
}

/** Until the scheme is the page's, and no colour is on its way to another. */
async function settled(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
  await page.evaluate(
    `Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
       .map((one) => one.finished.catch(() => undefined))).then(() => undefined)`,
  );
}

let shots = 0;

/** Pictures to look at, where `SCREENSHOTS` names a folder. */
async function shoot(page: Page, look: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  shots += 1;
  const name = new URL(page.url()).pathname.replaceAll(/[^\w-]+/g, '_');
  await page.screenshot({
    path: path.join(folder, `${String(shots).padStart(3, '0')}${name}-${look}.png`),
    fullPage: true,
  });
}
