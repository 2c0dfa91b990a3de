import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Locator, Page } from 'playwright-core';
import type { AppContext } from '../../src/app/context.ts';
import { api } from '../../src/http/api/plugin.ts';
import { consoleFiles } from '../../src/http/console/plugin.ts';
import { buildServer } from '../../src/http/server.ts';
import { errorPage } from '../../src/pages/error-page.ts';
import { pages } from '../../src/pages/plugin.ts';
import { OPERATOR_PASSWORD } from './api.ts';
import { apiParts } from './api-parts.ts';
import { complaintsOf, launchChromium, violationsOf } from './chromium.ts';

/** The console and the hosted pages on one server, in Chromium, with somebody at the keyboard. */
export interface ConsolePages extends AsyncDisposable {
  readonly browser: Browser;
  readonly page: Page;
  readonly server: FastifyInstance;
  /** What the browser said in its console, refused answers apart. */
  readonly complaints: readonly string[];
  /** What axe finds on the page as it stands: {@link violationsOf}. */
  violations(): Promise<readonly string[]>;
  /** Signs an operator in by the keyboard alone. */
  signIn(name: string): Promise<void>;
  /** Goes to a control by the tabulator, as somebody without a mouse does. */
  tabTo(target: Locator): Promise<void>;
  /** {@link tabTo}, and presses Enter there. */
  press(target: Locator): Promise<void>;
  /** {@link tabTo}, and types in place of what stands there. */
  type(target: Locator, text: string): Promise<void>;
}

/** More controls than any screen has. */
const MOST_TABS = 150;

/** @param context its public address says where it listens. */
export async function openConsolePages(context: AppContext, mailDirectory: string): Promise<ConsolePages> {
  const plugins = [
    api(context, await apiParts()),
    consoleFiles(path.resolve('dist/console')),
    pages(context, { mailDirectory }),
  ];
  const server = await buildServer(context, { plugins, errorPage: await errorPage(context, {}) });
  const { publicUrl } = context.settings;
  await server.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  const tabTo = async (target: Locator): Promise<void> => await tabUntil(page, target);
  const press = async (target: Locator): Promise<void> => {
    await tabTo(target);
    await page.keyboard.press('Enter');
  };
  const type = async (target: Locator, text: string): Promise<void> => {
    await tabTo(target);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  };
  return {
    ...{ browser, page, server, complaints, tabTo, press, type },
    violations: async () => await violationsOf(page),
    signIn: async (name) => {
      await page.goto(`${publicUrl}/console/sign-in`);
      await type(page.getByLabel('Name'), name);
      await type(page.getByRole('textbox', { name: 'Password' }), OPERATOR_PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function tabUntil(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the tabulator never comes to ${String(target)}`);
}
