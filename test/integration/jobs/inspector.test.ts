import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';
import { openInspector, type Inspector } from '../../../jobs/inspector.ts';
import { openPostgresBackend } from '../../../jobs/postgres-backend.ts';
import { jobFor } from '../../../jobs/queues.ts';
import { openRedisBackend } from '../../../jobs/redis-backend.ts';
import { api } from '../../../src/http/api/plugin.ts';
import { inspector, INSPECTOR_PATH } from '../../../src/http/console/inspector.ts';
import { buildServer } from '../../../src/http/server.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { anOperator, aToken, Client, signedIn } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';
import { silentLogger } from '../../support/logger.ts';
import { startRedis } from '../../support/redis.ts';

describe.each(['store', 'Redis'] as const)('the inspector of queues in the %s', (place) => {
  let world: World;
  let server: FastifyInstance;
  let opened: Inspector;
  let redis: AsyncDisposable & { readonly url: string };
  let admin: Client;

  beforeAll(async () => {
    world = await createWorld();
    redis = await startRedis();
    const redisUrl = place === 'Redis' ? new Secret(redis.url) : null;
    const storeUrl = new Secret(world.context.store.url);
    opened = await openInspector({ path: INSPECTOR_PATH, redisUrl, storeUrl, logger: silentLogger });
    const backend =
      redisUrl === null
        ? openPostgresBackend(storeUrl, silentLogger)
        : openRedisBackend(redisUrl, silentLogger);
    const queue = backend.openQueue('email');
    await queue.addBulk([jobFor({ id: newId(), kind: 'email', relays: 1 })]);
    await queue.close();
    await backend[Symbol.asyncDispose]();
    const plugins = [api(world.context), inspector(world.context, opened.plugin)];
    server = await buildServer(world.context, { plugins });
    for (const role of ['admin', 'support', 'viewer'] as const) await anOperator(world.context, role, role);
    admin = await signedIn(server, 'admin');
  });
  afterAll(async () => {
    await server.close();
    await opened[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  it('shows admins what waits, with nothing from elsewhere', async () => {
    const page = await admin.get(INSPECTOR_PATH);
    expect(page.status).toBe(200);
    expect(page.response.body).toContain('__UI_CONFIG__');
    expect(page.response.body).not.toMatch(/(?:src|href)="https?:/);
    expect(page.response.headers['content-security-policy']).toContain("default-src 'none'");
    const { queues } = (await admin.get(`${INSPECTOR_PATH}/api/queues?activeQueue=emails`)).body as {
      queues: { name: string; counts: Record<string, number>; readOnlyMode: boolean }[];
    };
    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ['runs', true],
      ['write-backs', true],
      ['emails', true],
    ]);
    expect(queues.find(({ name }) => name === 'emails')?.counts['waiting']).toBe(1);
  });

  it('lets nobody else see anything, and nobody change anything', async () => {
    const others = [
      new Client(server, {}),
      Client.withToken(server, await aToken(world.context)),
      await signedIn(server, 'support'),
      await signedIn(server, 'viewer'),
    ];
    for (const url of [INSPECTOR_PATH, `${INSPECTOR_PATH}/api/queues`, `${INSPECTOR_PATH}/queue/emails`])
      for (const client of others) expect([401, 403]).toContain((await client.get(url)).status);
    const asked = await new Client(server, { 'sec-fetch-mode': 'navigate' }).get(INSPECTOR_PATH);
    expect([asked.status, asked.response.headers.location]).toEqual([302, '/console/sign-in?to=%2Fwork']);
    const change = await admin.send('PUT', `${INSPECTOR_PATH}/api/queues/emails/pause`);
    expect(change.status).toBeGreaterThanOrEqual(400);
    const foreign = new Client(server, { cookie: admin.cookie, 'sec-fetch-site': 'cross-site' });
    expect((await foreign.send('PUT', `${INSPECTOR_PATH}/api/queues/emails/pause`)).status).toBe(403);
  });
});
