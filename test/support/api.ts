import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { Secret } from '../../connectors/contract/secret.ts';
import { createOperator } from '../../src/app/operators/create-operator.ts';
import { createToken } from '../../src/app/operators/create-token.ts';
import type { AppContext } from '../../src/app/context.ts';
import { SCOPES, type OperatorRole, type Scope } from '../../src/domain/operators/scopes.ts';
import { api } from '../../src/http/api/plugin.ts';
import type { ApiParts } from '../../src/http/api/types.ts';
import { buildServer } from '../../src/http/server.ts';

export const ORIGIN = 'http://localhost:4600';

let made = 0;

/** The API on a context, without listening. */
export async function openApi(context: AppContext, parts?: ApiParts): Promise<FastifyInstance> {
  const server = await buildServer(context, { plugins: [api(context, parts)] });
  await server.ready();
  return server;
}

/** A token made at the command line, with every scope unless told otherwise. */
export async function aToken(context: AppContext, scopes: readonly Scope[] = SCOPES): Promise<string> {
  made += 1;
  const name = `token ${String(made)}`;
  const { token } = await createToken(context, { name, scopes, actor: 'test', maker: null });
  return token.reveal();
}

export interface Sent {
  readonly status: number;
  readonly body: unknown;
  readonly response: LightMyRequestResponse;
}

/** Somebody who calls the API with a token. */
export class Client {
  readonly #server: FastifyInstance;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(server: FastifyInstance, headers: Readonly<Record<string, string>>) {
    this.#server = server;
    this.#headers = headers;
  }

  /** What is sent as the cookie; empty without one. */
  get cookie(): string {
    return this.#headers['cookie'] ?? '';
  }

  static withToken(server: FastifyInstance, token: string): Client {
    return new Client(server, { authorization: `Bearer ${token}` });
  }

  /** As the console does: a cookie, and what browsers say of themselves. */
  static withCookie(server: FastifyInstance, cookie: string): Client {
    return new Client(server, { cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin' });
  }

  async send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    about: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Sent> {
    const response = await this.#server.inject({
      method,
      url,
      headers: { ...this.#headers, ...about.headers },
      ...(about.body === undefined ? {} : { payload: about.body as object }),
    });
    return { status: response.statusCode, body: bodyOf(response), response };
  }

  async get(url: string): Promise<Sent> {
    return await this.send('GET', url);
  }

  async post(url: string, body: unknown = {}): Promise<Sent> {
    return await this.send('POST', url, { body });
  }
}

function bodyOf(response: LightMyRequestResponse): unknown {
  const type = String(response.headers['content-type'] ?? '');
  return type.includes('json') && !type.includes('ndjson') ? JSON.parse(response.body) : response.body;
}

export const OPERATOR_PASSWORD = 'seven unlikely words walk home';

/** An operator who can sign in. @returns the id. */
export async function anOperator(context: AppContext, name: string, role: OperatorRole): Promise<string> {
  const password = new Secret(OPERATOR_PASSWORD);
  return (await createOperator(context, { name, role, password, actor: 'test' })).id;
}

/** Signs an operator in over the API. @returns the cookie to send. */
export async function signedIn(server: FastifyInstance, name: string): Promise<Client> {
  const body = { name, password: OPERATOR_PASSWORD };
  const { status, response } = await new Client(server, {}).post('/api/v1/session', body);
  if (status !== 201) throw new Error(`${name} was not let in: ${response.body}`);
  const [cookie] = response.cookies;
  return Client.withCookie(server, `${cookie?.name ?? ''}=${cookie?.value ?? ''}`);
}
