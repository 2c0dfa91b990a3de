import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { AppContext, AppSettings } from '../../src/app/context.ts';
import { makeToken } from '../../src/app/passwords/make-token.ts';
import { buildServer } from '../../src/http/server.ts';
import { Keyring } from '../../src/kernel/keyring.ts';
import { errorPage } from '../../src/pages/error-page.ts';
import { pages } from '../../src/pages/plugin.ts';
import { createPasswordHasher, type HasherOptions } from '../../src/passwords/create-hasher.ts';
import type { TokenPurpose } from '../../src/store/entities/access.ts';
import { createStoreDatabase } from './databases.ts';
import { silentLogger } from './logger.ts';

/** The hosted pages on a store of their own. */
export interface HostedPages extends AsyncDisposable {
  readonly context: AppContext;
  readonly server: FastifyInstance;
  /** Where captured mail lies. */
  readonly mailDirectory: string;
}

/** The text of a token, as a mailed link or a ticket's cookie holds it. */
export async function tokenOf(
  { context }: HostedPages,
  about: { readonly profileId: string; readonly purpose: TokenPurpose; readonly lifetimeSeconds?: number },
): Promise<string> {
  const request = { lifetimeSeconds: 600, ...about };
  const made = await context.store.transaction(async (tx) => await makeToken(context, tx, request));
  return made.text.reveal();
}

/** Whether a name and a password lead to the account. */
export async function signsIn({ server }: HostedPages, username: string, password: string): Promise<boolean> {
  const response = await new Browser(server).post('/sign-in', { username, password });
  return response.headers.location === '/account';
}

/** Weak and fast: these tests sign in hundreds of times. */
const QUICK = { costs: { argon2id: { memoryKiB: 1024, passes: 2, lanes: 1 } } };

/** @param hashing what passwords cost here, and how many may wait. */
export async function createHostedPages(
  settings: Partial<AppSettings> = {},
  hashing: HasherOptions = QUICK,
): Promise<HostedPages> {
  const database = await createStoreDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tributary-pages-'));
  const mailDirectory = join(dataDirectory, 'mail');
  const passwords = createPasswordHasher(hashing);
  const context: AppContext = {
    store: database.store,
    keyring: new Keyring(randomBytes(32)),
    passwords,
    logger: silentLogger,
    openProvider: () => Promise.reject(new Error('the pages open no provider')),
    settings: {
      productName: 'Access Management',
      publicUrl: 'http://localhost:4600',
      sharedEmail: false,
      registrationLinkHours: 72,
      resetLinkMinutes: 60,
      sessionHours: 12,
      dataDirectory,
      ...settings,
    },
  };
  const server = await buildServer(context, {
    plugins: [pages(context, { mailDirectory })],
    errorPage: await errorPage(context, {}),
  });
  return {
    context,
    server,
    mailDirectory,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await passwords[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

/** Somebody with a browser: keeps cookies, follows nothing by itself. */
export class Browser {
  readonly #server: FastifyInstance;
  readonly #address: string;
  readonly #cookies = new Map<string, string>();
  /** Sent with every request. */
  readonly headers: Record<string, string> = {};

  /** @param address where the browser is; attempts are counted per address. */
  constructor(server: FastifyInstance, address = '127.0.0.1') {
    this.#server = server;
    this.#address = address;
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  /** Puts a cookie in as a script or somebody else at the machine could. */
  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** Goes back to what the browser held before. */
  replaceCookies(cookies: ReadonlyMap<string, string>): void {
    this.#cookies.clear();
    for (const [name, value] of cookies) this.#cookies.set(name, value);
  }

  async get(url: string): Promise<LightMyRequestResponse> {
    return this.#keep(await this.#inject({ method: 'GET', url, headers: this.#headers() }));
  }

  async post(
    url: string,
    fields: Readonly<Record<string, string>> | string,
  ): Promise<LightMyRequestResponse> {
    const payload = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...this.#headers() };
    return this.#keep(await this.#inject({ method: 'POST', url, headers, payload }));
  }

  async #inject(request: InjectOptions): Promise<LightMyRequestResponse> {
    return await this.#server.inject({ ...request, remoteAddress: this.#address });
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { cookie, ...this.headers };
  }

  #keep(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const cookie of response.cookies) {
      if (cookie.value === '') this.#cookies.delete(cookie.name);
      else this.#cookies.set(cookie.name, cookie.value);
    }
    return response;
  }
}
