import path from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { AppContext } from '../../src/app/context.ts';
import { createOperator } from '../../src/app/operators/create-operator.ts';
import type { OperatorRole } from '../../src/domain/operators/scopes.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { api } from '../../src/http/api/plugin.ts';
import { consoleFiles } from '../../src/http/console/plugin.ts';
import { buildServer } from '../../src/http/server.ts';
import { apiParts } from './api-parts.ts';
import { complaintsOf, launchChromium, violationsOf } from './chromium.ts';

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
  /** Looks at the page as it stands with axe: {@link violationsOf}. */
  readonly look: (within?: string) => Promise<void>;
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
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const violations: string[] = [];
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
    look: async (within) => {
      violations.push(...(await violationsOf(page, within)));
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server.close();
    },
  };
}
