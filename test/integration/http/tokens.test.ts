import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { authenticateToken } from '../../../src/app/operators/authenticate.ts';
import { createToken } from '../../../src/app/operators/create-token.ts';
import { revokeToken } from '../../../src/app/operators/tokens.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { openApi, aToken, Client } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;

beforeAll(async () => {
  world = await createWorld();
  server = await openApi(world.context);
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

describe('tokens', () => {
  it('are kept as hashes and shown once', async () => {
    const token = await aToken(world.context, ['providers:read']);
    expect(token).toMatch(/^tributary_[\w-]{43}$/);
    const rows = await world.context.store.read.query<unknown[]>('SELECT * FROM api_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
    const audit = await world.context.store.read.query<unknown[]>('SELECT * FROM audit_entries');
    expect(JSON.stringify(audit)).not.toContain(token);
  });

  it('reports every problem at once and makes nothing', async () => {
    const request = { name: '', scopes: ['everything', 'sign-in'], days: 0, actor: 'test', maker: null };
    const error: unknown = await createToken(world.context, request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOKEN_INVALID' });
    expect((error as { problems: { path: string }[] }).problems.map(({ path }) => path)).toEqual([
      'name',
      'days',
      'scopes',
    ]);
  });

  it('stop working when they are revoked or expire', async () => {
    const token = await aToken(world.context);
    const presented = new Secret(token);
    const caller = await authenticateToken(world.context, presented);
    expect(caller).toMatchObject({ kind: 'token', role: 'admin' });
    await world.context.store.read.query(`UPDATE api_tokens SET expires_at = now() WHERE name = $1`, [
      caller.name,
    ]);
    await expect(authenticateToken(world.context, presented)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
    await revokeToken(world.context, { which: caller.name, operatorId: null, actor: 'test' });
    await expect(authenticateToken(world.context, presented)).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
    });
  });
});

it('answers with a problem document without credentials', async () => {
  const { status, body, response } = await new Client(server, {}).get('/api/v1/me');
  expect(status).toBe(401);
  expect(body).toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 });
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
});

it('describes itself', async () => {
  const { status, body } = await new Client(server, {}).get('/api/openapi.json');
  expect(status).toBe(200);
  expect(body).toMatchObject({ openapi: '3.1.0' });
  expect(Object.keys((body as { paths: object }).paths)).toContain('/api/v1/tokens');
  expect((await new Client(server, {}).get('/api/docs/')).status).toBe(200);
});
