import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { AppContext } from '../../src/app/context.ts';
import { createOperator } from '../../src/app/operators/create-operator.ts';
import type { OperatorRole } from '../../src/domain/operators/scopes.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { api } from '../../src/http/api/plugin.ts';
import { consoleFiles } from '../../src/http/console/plugin.ts';
import { buildServer } from '../../src/http/server.ts';
import { apiParts } from './api-parts.ts';
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

const PASSWORD = 'correct horse battery staple';

/** The built console on a server of its own, in Chromium. */
export interface ConsoleBrowser extends AsyncDisposable {
  readonly server: FastifyInstance;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser said in its console, refused answers apart. */
  readonly complaints: readonly string[];
  /** Makes an operator and signs in as them. */
  readonly signIn: (name: string, role: OperatorRole) => Promise<void>;
  /** Looks at the page as it stands with axe, in both schemes and at both widths; narrow and dark are left again. */
  readonly look: () => Promise<void>;
  /** What axe has found so far. To be asked for at the end, so that a story is told whole. */
  readonly violations: readonly string[];
}

/** @param about a context whose public address is `http://localhost:PORT`. */
export async function openConsole(about: {
  readonly context: AppContext;
  readonly port: number;
  /** What is served besides the API and the console. */
  readonly plugins?: readonly FastifyPluginAsync[];
}): Promise<ConsoleBrowser> {
  const plugins = [
    api(about.context, await apiParts()),
    consoleFiles(path.resolve('dist/console')),
    ...(about.plugins ?? []),
  ];
  const server = await buildServer(about.context, { plugins });
  await server.listen({ host: '127.0.0.1', port: about.port });
  const browser = await chromium.launch({ executablePath: await requireProgram('chromium'), args: QUIET });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const violations: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // The browser reports every answer of 400 and more as an error of its own.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return {
    ...{ server, browser, context, page, complaints },
    signIn: async (name, role) => {
      const password = new Secret(PASSWORD);
      await createOperator(about.context, { name, role, password, actor: 'test' });
      await page.goto(`${about.context.settings.publicUrl}/console`);
      await page.getByLabel('Name').fill(name);
      await page.getByRole('textbox', { name: 'Password' }).first().fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    },
    violations,
    look: async () => {
      violations.push(...(await violationsOf(page, axe)));
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function violationsOf(page: Page, axe: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page, colorScheme);
      await shoot(page, `${colorScheme}-${String(width)}`);
      await page.evaluate(axe);
      const rules = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
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
