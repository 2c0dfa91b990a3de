import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { fillWithPeople } from '../../../bench/many-people.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aToken, Client, openApi } from '../../support/api.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

/* What the API promises for every caller, besides what each operation does. */

let world: World;
let server: FastifyInstance;
let address = '';
let authorization = '';
let client: Client;

const MANY = 2_500;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(5)}`);
  await aProvider(world);
  await fillWithPeople(world.context, MANY);
  server = await openApi(world.context);
  authorization = `Bearer ${await aToken(world.context)}`;
  client = new Client(server, { authorization });
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

describe('rates', () => {
  const ask = async (remoteAddress: string, url = '/api/v1/work/waiting') =>
    await server.inject({ url, remoteAddress, headers: { authorization } });

  it('are limited by address, and what is dear more so', async () => {
    const last = async (times: number, url: string) => {
      for (let at = 1; at < times; at += 1) await ask('10.1.1.1', url);
      return await ask('10.1.1.1', url);
    };
    const dear = await last(61, '/api/v1/exports/audit');
    expect([dear.statusCode, dear.headers['content-type']]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.parse(dear.body)).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(Number(dear.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('10.1.1.2', '/api/v1/exports/audit')).statusCode).toBe(200);
    expect((await ask('10.1.1.1')).statusCode).toBe(200);
    expect((await last(1_201, '/api/v1/work/waiting')).statusCode).toBe(429);
    expect((await ask('10.1.1.3')).statusCode).toBe(200);
  });
});

describe('exports', () => {
  it('come in pieces, whole and each row once', async () => {
    const response = await fetch(`${address}/api/v1/exports/profiles?format=ndjson`, {
      headers: { authorization },
    });
    expect([response.headers.get('transfer-encoding'), response.headers.get('content-length')]).toEqual([
      'chunked',
      null,
    ]);
    const lines = (await response.text()).trim().split('\n');
    const ids = new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id));
    expect([lines.length, ids.size]).toEqual([MANY, MANY]);
  });

  it('stop being read when nobody listens any more', async () => {
    const gone = new AbortController();
    const response = await fetch(`${address}/api/v1/exports/profiles`, {
      headers: { authorization },
      signal: gone.signal,
    });
    const reader = response.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    gone.abort();
    await expect(reader.read()).rejects.toThrow('abort');
    expect((await client.get('/api/v1/work/waiting')).status).toBe(200);
  });
});

describe('the stop of the server', () => {
  it('is not held up by connections that nobody uses', async () => {
    const other = await openApi(world.context);
    const unused = connect(Number(new URL(await other.listen({ host: '127.0.0.1', port: 0 })).port));
    await once(unused, 'connect');
    // Node would wait for its keep-alive to end, which is longer than this test may take.
    await Promise.all([other.close(), once(unused, 'close')]);
  }, 60_000);
});

describe('what is sent twice', () => {
  it('happens once, and says that it is the answer of before', async () => {
    const headers = { 'idempotency-key': 'retry-1' };
    const send = async () =>
      await client.send('POST', '/api/v1/work/retry', { body: { all: true }, headers });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.response.headers['idempotent-replayed']).toBe('true');
    const audit = await client.get('/api/v1/audit?action=work.retry');
    expect((audit.body as { items: unknown[] }).items).toHaveLength(1);
  });
});

describe('events of runs', () => {
  /** Reads until a run is in `state`. @returns the ids and states on the way. */
  async function follow(
    runId: string,
    until: string,
    after?: string,
  ): Promise<readonly { id: string; state: string }[]> {
    const stop = new AbortController();
    const response = await fetch(`${address}/api/v1/runs/${runId}/events`, {
      headers: { authorization, ...(after === undefined ? {} : { 'last-event-id': after }) },
      signal: stop.signal,
    });
    const seen: { id: string; state: string }[] = [];
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id] = /^id: (.+)$/m.exec(block) ?? [];
        const [, data] = /^data: (.+)$/m.exec(block) ?? [];
        if (id !== undefined && data !== undefined)
          seen.push({ id, state: (JSON.parse(data) as { state: string }).state });
      }
      if (seen.at(-1)?.state === until) break;
    }
    stop.abort();
    return seen;
  }

  it('go on after the last one that was seen, and tell nothing twice', async () => {
    const { body } = await client.post('/api/v1/runs', { provider: 'acme-hr' });
    const { runId } = body as { runId: string };
    const before = await follow(runId, 'queued');
    await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
    const after = await follow(runId, 'done', before.at(-1)?.id);
    expect(after.at(-1)?.state).toBe('done');
    expect(after.some(({ id }) => before.some((one) => one.id === id))).toBe(false);
    // Nothing has happened since: the next thing that is told is the next change.
    const second = (await client.post('/api/v1/runs', { provider: 'acme-hr' })).body as { runId: string };
    expect((await follow(second.runId, 'queued', after.at(-1)?.id)).map(({ state }) => state)).toEqual([
      'queued',
    ]);
  });
});
