import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { anOperator, aToken, Client, openApi, signedIn } from '../../support/api.ts';
import { createWorld, PEOPLE, people, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let admin: Client;
let support: Client;
let viewer: Client;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(30)}`);
  server = await openApi(world.context);
  admin = Client.withToken(server, await aToken(world.context));
  await anOperator(world.context, 'sam', 'support');
  await anOperator(world.context, 'vera', 'viewer');
  support = await signedIn(server, 'sam');
  viewer = await signedIn(server, 'vera');
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

function definition(over: object = {}): Record<string, unknown> {
  const { host, port, database, user, password } = world.source;
  return {
    name: 'acme-hr',
    connector: 'postgres',
    connection: { host, port, database, user, password, tls: 'disable' },
    source: { table: 'people', key: ['id'] },
    mapping: { username: 'login', email: 'mail', givenName: 'first_name', familyName: 'last_name' },
    ...over,
  };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

async function runNow(body: object): Promise<string> {
  const asked = await admin.post('/api/v1/runs', body);
  expect(asked.status).toBe(202);
  const { runId } = asked.body as { runId: string };
  expect(asked.response.headers.location).toBe(`/api/v1/runs/${runId}`);
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return runId;
}

describe('a provider', () => {
  const url = '/api/v1/providers/acme-hr';
  const put = async (body: object, headers: Record<string, string>): ReturnType<Client['send']> =>
    await admin.send('PUT', url, { body, headers });

  it('is registered once, changed by whoever has read it, and keeps its password', async () => {
    expect((await put(definition(), {})).body).toMatchObject({ status: 428, code: 'CONDITION_NEEDED' });
    const created = await put(definition(), { 'if-none-match': '*' });
    expect(created.status).toBe(201);
    expect(created.response.headers.etag).toBe('"1"');
    expect((await put(definition(), { 'if-none-match': '*' })).status).toBe(412);

    const changed = definition({ changes: { full: '0 3 * * *' } });
    const masked = { ...changed, connection: { ...(changed['connection'] as object), password: '••••••••' } };
    expect((await put(masked, { 'if-match': '"7"' })).body).toMatchObject({ code: 'DEFINITION_CHANGED' });
    const updated = await put(masked, { 'if-match': '"1"' });
    expect(updated.body).toMatchObject({ outcome: 'updated', version: 2 });
    expect(Object.keys((updated.body as { changes: object }).changes)).toEqual(['changes.full']);
    expect((await admin.post(`${url}/test`)).body).toMatchObject({ ready: true });

    const shown = await admin.get(url);
    expect(shown.response.headers.etag).toBe('"2"');
    expect(shown.response.body).not.toContain(world.source.password);
    expect(((await viewer.get(url)).body as { definition: object }).definition).not.toHaveProperty(
      'connection',
    );
  });

  it('cannot be sent to another host with the password that is stored', async () => {
    const moved = definition();
    moved['connection'] = { host: 'evil.example', port: 5432, database: 'x', user: 'x', tls: 'verify-full' };
    const { body } = await put(moved, { 'if-match': '"2"' });
    expect(body).toMatchObject({ status: 422, code: 'PASSWORD_REQUIRED_AGAIN' });
  });

  it('says every problem of a definition at once and saves nothing', async () => {
    const { body } = await put(
      { ...definition(), connector: 'oracle', sourc: {}, mapping: {} },
      { 'if-match': '"2"' },
    );
    expect(body).toMatchObject({ status: 422, code: 'DEFINITION_INVALID' });
    expect((body as { problems: unknown[] }).problems.length).toBeGreaterThan(2);
    expect((await admin.get(url)).body).toMatchObject({ version: 2 });
  });

  it('is looked at before it is saved', async () => {
    const draft = definition({ name: 'draft' });
    expect((await admin.post('/api/v1/drafts/check', draft)).status).toBe(200);
    expect((await admin.post('/api/v1/drafts/test', draft)).body).toMatchObject({ ready: true });
    const found = (await admin.post('/api/v1/drafts/discover', draft)).body as { tables: { name: string }[] };
    expect(found.tables.map(({ name }) => name)).toContain('public.people');
    const preview = await admin.post('/api/v1/drafts/preview?limit=2', draft);
    expect((preview.body as { items: unknown[] }).items).toHaveLength(2);
    expect((await admin.post('/api/v1/drafts/grants', draft)).body).toMatchObject({
      sql: expect.stringContaining('GRANT') as unknown,
    });
    expect((await admin.get('/api/v1/providers')).body).toMatchObject({ items: [{ name: 'acme-hr' }] });
  });

  it('that does not answer is its fault and not ours', async () => {
    const nowhere = definition();
    nowhere['connection'] = { ...(nowhere['connection'] as object), port: 1 };
    const { status, body } = await admin.post('/api/v1/drafts/discover', nowhere);
    expect([status, (body as { code: string }).code]).toEqual([502, 'SOURCE_UNREACHABLE']);
  });
});

describe('runs', () => {
  it('tell who asked for them, and come in pages', async () => {
    const first = await runNow({ provider: 'acme-hr' });
    expect((await admin.get(`/api/v1/runs/${first}`)).body).toMatchObject({
      state: 'done',
      counters: { created: 30 },
    });
    const dry = await runNow({ provider: 'acme-hr', dryRun: true });
    const one = (await viewer.get('/api/v1/runs?limit=1')).body as Page<{ id: string }>;
    const two = (await viewer.get(`/api/v1/runs?limit=1&cursor=${one.next ?? ''}`)).body as Page<{
      id: string;
    }>;
    expect([one.items[0]?.id, two.items[0]?.id, two.next]).toEqual([dry, first, null]);
  });

  it('happen once for one key, however often and at once it is sent', async () => {
    const body = { provider: 'acme-hr', kind: 'record', recordKey: '3' };
    const headers = { 'idempotency-key': 'k-1' };
    const sent = await Promise.all(
      Array.from({ length: 5 }, async () => await admin.send('POST', '/api/v1/runs', { body, headers })),
    );
    expect(new Set(sent.map((each) => (each.body as { runId: string }).runId)).size).toBe(1);
    expect(
      new Set(sent.map(({ status, response }) => `${String(status)} ${String(response.headers.location)}`))
        .size,
    ).toBe(1);
    const other = await admin.send('POST', '/api/v1/runs', { body: { ...body, recordKey: '4' }, headers });
    expect(other.body).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    const somebodyElse = await support.send('POST', '/api/v1/runs', { body, headers });
    expect(somebodyElse.status).toBe(202);
    expect((somebodyElse.body as { runId: string }).runId).not.toBe(
      (sent[0]?.body as { runId: string }).runId,
    );
  });

  it('stream what changes, and go on after the last event', async () => {
    await server.listen({ port: 0, host: '127.0.0.1' });
    const address = server.server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const authorization = `Bearer ${await aToken(world.context, ['runs:read'])}`;
    const { runId } = (await admin.post('/api/v1/runs', { provider: 'acme-hr' })).body as { runId: string };
    const open = async (after?: string): Promise<AsyncIterator<{ id: string; state: string }>> => {
      const headers: Record<string, string> = { authorization };
      if (after !== undefined) headers['last-event-id'] = after;
      const response = await fetch(`http://127.0.0.1:${String(port)}/api/v1/runs/${runId}/events`, {
        headers,
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      return eventsOf(response)[Symbol.asyncIterator]();
    };
    const first = await open();
    const queued = (await first.next()).value as { id: string; state: string };
    expect(queued.state).toBe('queued');
    await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
    const until = async (events: AsyncIterator<{ id: string; state: string }>): Promise<void> => {
      for (;;) {
        const next = await events.next();
        if (next.done === true) throw new Error('the stream ended');
        if (next.value.state === 'done') return;
      }
    };
    await until(first);
    await first.return?.();
    const second = await open(queued.id);
    await until(second);
    await second.return?.();
  });
});

async function* eventsOf(response: Response): AsyncGenerator<{ id: string; state: string }> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
      const id = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? '';
      if (data !== undefined) yield { id, state: (JSON.parse(data) as { state: string }).state };
    }
  }
}
