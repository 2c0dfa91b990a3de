import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { GAUGES } from '../../../src/http/metrics/metrics.ts';
import { aToken, openApi } from '../../support/api.ts';
import { aProvider, createWorld, PEOPLE, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  server = await openApi(world.context);
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

it('tells this machine how things stand', async () => {
  await aProvider(world);
  const cause = { kind: 'operator', name: 'test' } as const;
  await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await server.inject('/api/v1/nothing-of-this-name');
  const { statusCode, body } = await server.inject('/metrics');
  expect(statusCode).toBe(200);
  for (const { name } of Object.values(GAUGES)) expect(body).toContain(`# TYPE ${name} gauge`);
  expect(body).toContain('tributary_runs{state="queued"} 1');
  expect(body).toContain('tributary_outbox_pending{kind="run"} 1');
  expect(body).toContain('tributary_provider_failing{provider="acme-hr"} 0');
  expect(body).toMatch(/tributary_http_request_seconds_count\{.*status="404"\} 1/);
  expect(body).not.toContain('nothing-of-this-name');
});

it('is closed to others, and opened by a token that opens nothing else', async () => {
  const from = { url: '/metrics', remoteAddress: '10.0.0.7' };
  expect((await server.inject(from)).statusCode).toBe(401);
  const proxied = { url: '/metrics', headers: { 'x-forwarded-for': '127.0.0.1' } };
  expect((await server.inject(proxied)).statusCode).toBe(401);
  const authorization = `Bearer ${await aToken(world.context, ['metrics'])}`;
  expect((await server.inject({ ...from, headers: { authorization } })).statusCode).toBe(200);
  const other = `Bearer ${await aToken(world.context, ['profiles:read'])}`;
  expect((await server.inject({ ...from, headers: { authorization: other } })).statusCode).toBe(403);
});
