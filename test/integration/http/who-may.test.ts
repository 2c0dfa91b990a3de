import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import {
  isAtLeast,
  mayGrant,
  ROLES,
  SCOPES,
  type OperatorRole,
  type Scope,
} from '../../../src/domain/operators/scopes.ts';
import { WHO_MAY, type Row } from '../../../src/http/api/who-may.ts';
import { scopeSchema, roleSchema } from '../../../src/http/schemas/operators.ts';
import { anOperator, aToken, Client, openApi, ORIGIN, signedIn } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
const sessions = new Map<OperatorRole, Client>();

beforeAll(async () => {
  world = await createWorld();
  server = await openApi(world.context);
  for (const role of ROLES) {
    await anOperator(world.context, role, role);
    sessions.set(role, await signedIn(server, role));
  }
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Nothing of this exists and no body is valid: whoever is let in gets no further than that. */
function routeOf(name: string): { readonly method: Method; readonly url: string } {
  const [method = '', path = ''] = name.split(' ');
  return { method: method as Method, url: path.replaceAll(/:\w+/g, 'nothing-of-this-name') };
}

/** Routes that would end a session the test goes on with, or stay open: being let in is seen in another way. */
const SPARED = new Set(['DELETE /api/v1/session']);
const OPEN = new Set(['GET /api/v1/runs/events']);

async function answer(client: Client, name: string): Promise<{ status: number; code: string }> {
  const { method, url } = routeOf(name);
  const { status, body } = await client.send(
    method,
    url,
    method === 'GET' || method === 'DELETE' ? {} : { body: { wrong: [] } },
  );
  return { status, code: (body as { code?: string } | null)?.code ?? '' };
}

const REFUSALS = new Set([
  'NOT_SIGNED_IN',
  'TOKEN_REFUSED',
  'TOKEN_EXPIRED',
  'SCOPE_MISSING',
  'SESSION_NEEDED',
  'ROLE_TOO_LOW',
]);

const rows: readonly (readonly [string, Row])[] = Object.entries(WHO_MAY);
const guarded = rows.filter(
  (entry): entry is readonly [string, Exclude<Row, 'anyone'>] => entry[1] !== 'anyone',
);

describe('the table of who may', () => {
  it('has exactly the routes that there are', () => {
    const printed = server.printRoutes({ commonPrefix: false, includeHooks: false });
    expect(printed).toContain('/api/v1/');
    for (const [name] of rows) {
      const { method, url } = routeOf(name);
      expect([name, server.hasRoute({ method, url: name.split(' ')[1] ?? url })]).toEqual([name, true]);
    }
  });

  it('refuses to register a route without a row', async () => {
    const { api } = await import('../../../src/http/api/plugin.ts');
    const { buildServer } = await import('../../../src/http/server.ts');
    const { ROUTES } = await import('../../../src/http/api/routes.ts');
    const stray: (typeof ROUTES)[number] = (added) =>
      void added.get('/api/v1/stray', () => Promise.resolve());
    (ROUTES as (typeof ROUTES)[number][]).push(stray);
    try {
      const plugins = [api(world.context)];
      await expect(
        buildServer(world.context, { plugins }).then(async (built) => await built.ready()),
      ).rejects.toThrow('GET /api/v1/stray has no row');
    } finally {
      (ROUTES as (typeof ROUTES)[number][]).pop();
    }
  });

  it('is made of the same roles and scopes as the schemas', () => {
    expect(new Set(scopeSchema.options)).toEqual(new Set(SCOPES));
    expect(new Set(roleSchema.options)).toEqual(new Set(ROLES));
  });

  it('grants every scope to admins, and to nobody less what needs more', () => {
    for (const scope of SCOPES) expect([scope, mayGrant('admin', scope)]).toEqual([scope, true]);
    for (const [, row] of guarded)
      if ('least' in row && row.scope !== null && !row.scope.endsWith(':read'))
        expect(mayGrant(row.least, row.scope) || !isAtLeast(row.least, 'support')).toBe(true);
    expect(mayGrant('viewer', 'profiles:write')).toBe(false);
    expect(mayGrant('support', 'providers:write')).toBe(false);
  });
});

describe.each(guarded)('%s', (name, row) => {
  it('is closed without credentials, and with bad ones', async () => {
    const nobody = [
      new Client(server, {}),
      Client.withToken(server, 'tributary_nonsense'),
      new Client(server, { authorization: 'Basic YTpi' }),
      new Client(server, { cookie: 'tributary-operator=nonsense', origin: ORIGIN }),
    ];
    for (const client of nobody) expect((await answer(client, name)).status).toBe(401);
  });

  it.each(ROLES)('asks %s as the table says', async (role) => {
    const open = 'least' in row && isAtLeast(role, row.least);
    if (open && (SPARED.has(name) || OPEN.has(name))) return;
    const { status, code } = await answer(sessions.get(role)!, name);
    expect([role, status === 403 && REFUSALS.has(code), status === 401]).toEqual([role, !open, false]);
  });
});

describe('tokens', () => {
  it('open what their scope says and nothing else', async () => {
    const tokens = new Map<Scope, Client>();
    for (const scope of SCOPES)
      tokens.set(scope, Client.withToken(server, await aToken(world.context, [scope])));
    const wrong: string[] = [];
    for (const [name, row] of guarded)
      for (const [scope, client] of tokens) {
        const open = 'application' in row ? row.application === scope : row.scope === scope;
        if (open && OPEN.has(name)) continue;
        const { status, code } = await answer(client, name);
        if ((status === 403 && REFUSALS.has(code)) === open)
          wrong.push(`${name} with ${scope}: ${String(status)} ${code}`);
      }
    expect(wrong).toEqual([]);
  });

  it('open nothing once they have expired', async () => {
    const token = await aToken(world.context);
    await world.context.store.read.query(`UPDATE api_tokens SET expires_at = now() - interval '1 second'`);
    const client = Client.withToken(server, token);
    const codes = new Set<string>();
    for (const [name] of guarded) codes.add((await answer(client, name)).code);
    expect([...codes]).toEqual(['TOKEN_EXPIRED']);
  });
});

it('is not fooled by how a path or a method is written', async () => {
  const tries = [
    ['GET', '//api/v1/operators'],
    ['GET', '/api//v1/operators'],
    ['GET', '/api/v1/operators/'],
    ['GET', '/API/V1/operators'],
    ['GET', '/api/v1/%6fperators'],
    ['GET', '/api/v1/x/..%2foperators'],
    ['GET', '/api/v1/x/../operators'],
    ['TRACE', '/api/v1/operators'],
    ['OPTIONS', '/api/v1/operators'],
    ['HEAD', '/api/v1/operators'],
  ] as const;
  for (const [method, url] of tries) {
    const headers = { 'x-http-method-override': 'GET', 'x-original-url': '/api/v1/operators' };
    const { statusCode } = await server.inject({ method: method as 'GET', url, headers });
    expect([method, url, [401, 403, 404, 405].includes(statusCode)]).toEqual([method, url, true]);
  }
});
