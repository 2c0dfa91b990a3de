import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Page } from 'playwright-core';
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

/** An operator's browser, and what it has to say about the console. */
export interface OperatorBrowser extends AsyncDisposable {
  readonly page: Page;
  /** Errors that scripts threw or wrote to the browser's console. */
  readonly complaints: readonly string[];
  /** A page of somebody else, who shares nothing with the operator. */
  readonly stranger: () => Promise<Page>;
  /** What axe finds on the page as it stands, narrow in dark and wide in light; and whether it scrolls sideways. */
  readonly violations: () => Promise<readonly string[]>;
  /** Presses Tab until what has the focus has this text. */
  readonly tabTo: (text: string) => Promise<void>;
}

const LOOKS = [
  ['dark', 390],
  ['light', 1440],
] as const;

export async function openOperatorBrowser(): Promise<OperatorBrowser> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await chromium.launch({ executablePath: await requireProgram('chromium'), args: QUIET });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // The browser reports every answer of 400 and more as an error of its own.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  return {
    page,
    complaints,
    stranger: async () => await (await browser.newContext()).newPage(),
    violations: async () => {
      const found: string[] = [];
      for (const [colorScheme, width] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        found.push(...(await look(page, axe)).map((rule) => `${colorScheme} ${String(width)} ${rule}`));
      }
      return found;
    },
    tabTo: async (text) => {
      for (let presses = 0; presses < 100; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate('document.activeElement?.textContent')) === text) return;
      }
      throw new Error(`no Tab leads to ${text}`);
    },
    [Symbol.asyncDispose]: async () => await browser.close(),
  };
}

async function look(page: Page, axe: string): Promise<readonly string[]> {
  // Evaluated through the debugger, which no content security policy concerns.
  await page.evaluate(axe);
  const rules = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return beyond > 0 ? [...rules, `scrolls sideways by ${String(beyond)}`] : rules;
}
