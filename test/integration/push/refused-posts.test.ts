import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { rotatePushKey } from '../../../src/app/push/rotate-push-key.ts';
import { hooks } from '../../../src/http/hooks/plugin.ts';
import { buildServer } from '../../../src/http/server.ts';
import { aProvider, createWorld, type World } from '../../support/context.ts';
import { Sender } from '../../support/sender.ts';

let world: World;
let server: FastifyInstance;
let sender: Sender;
const BODY = { record: { id: 1, login: 'ada' } };

beforeAll(async () => {
  world = await createWorld();
  server = await buildServer(world.context, { plugins: [hooks(world.context)] });
  const pushed = {
    connector: 'push',
    connection: {},
    source: { key: ['id'] },
    changes: { mode: 'push' },
  } as const;
  await aProvider(world, pushed);
  await aProvider(world, { ...pushed, name: 'another' });
  const { key } = await rotatePushKey(world.context, { name: 'acme-hr', actor: 'test' });
  sender = new Sender(server, 'acme-hr', key.reveal());
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

async function taken(): Promise<number> {
  const [row] = await world.context.store.read.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM pushed_changes',
  );
  return row!.count;
}

function seconds(offset: number): Date {
  return new Date(Date.now() + offset * 1000);
}

const NOT_AUTHENTIC = [401, 'PUSH_NOT_AUTHENTIC'];

describe('a post', () => {
  it('is refused with one and the same answer whatever does not fit, and before anything is parsed', async () => {
    const before = await taken();
    const stranger = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const { key } = await rotatePushKey(world.context, { name: 'another', actor: 'test' });
    const signature = (value: string): object => ({ headers: { 'webhook-signature': value } });
    const good = 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
    const tries = [
      { key: stranger },
      { key: key.reveal() },
      { path: '/hooks/providers/nobody' },
      { path: '/hooks/providers/..%2facme-hr' },
      { at: seconds(-302) },
      { at: seconds(302) },
      ...['', 'v1', 'v1,', 'v2,', 'v1,!!!', 'v1a,abc', `${good} ${good} ${good} ${good} ${good} ${good}`].map(
        signature,
      ),
      signature(`${good} `.repeat(10_000).trim()),
      ...['abc', '1e9', '-1', '1700000000000', ' 1700000000', '1700000000abc', '1700000000.9', ''].map(
        (value) => ({
          headers: { 'webhook-timestamp': value },
        }),
      ),
      ...['', 'a b', 'a.b', 'x'.repeat(200)].map((value) => ({ headers: { 'webhook-id': value } })),
    ];
    const answers = new Set<string>();
    for (const over of tries) {
      // Not even JSON: whoever is not known does not get as far as that.
      const response = await sender.postRaw('not json', over);
      if (response.statusCode === 431) continue;
      const { requestId: _, ...problem } = response.json<{ requestId: string; code: string }>();
      expect([over, response.statusCode, problem.code]).toEqual([over, ...NOT_AUTHENTIC]);
      answers.add(JSON.stringify(problem));
    }
    expect(answers.size).toBe(1);
    expect(await taken()).toBe(before);
  });

  it('is refused when its body was touched, and when it is no UTF-8', async () => {
    const body = JSON.stringify(BODY);
    const ok = await sender.postRaw(body, { id: 'touched' });
    expect(ok.statusCode).toBe(202);
    const signature = ok.raw.req.headers['webhook-signature'] as string;
    const timestamp = ok.raw.req.headers['webhook-timestamp'] as string;
    const again = {
      id: 'touched',
      headers: { 'webhook-signature': signature, 'webhook-timestamp': timestamp },
    };
    expect((await sender.postRaw(body, again)).statusCode).toBe(200);
    expect((await sender.postRaw(`${body} `, again)).statusCode).toBe(401);
    expect((await sender.postRaw(`\uFEFF${body}`, again)).statusCode).toBe(401);
    // The published library takes these two for the same characters.
    const invalid = Buffer.concat([Buffer.from('{"record":{"id":"'), Buffer.of(0xff), Buffer.from('"}}')]);
    const response = await sender.postRaw(invalid);
    expect([response.statusCode, response.json()]).toMatchObject([422, { code: 'BODY_NOT_UTF8' }]);
  });

  it('is refused by its size and its type alone', async () => {
    const large = await sender.post({ record: { id: 1, note: 'x'.repeat(1024 * 1024) } });
    expect([large.statusCode, large.headers['content-type']]).toEqual([
      413,
      'application/problem+json; charset=utf-8',
    ]);
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'gzip' },
    ])
      expect([headers, (await sender.post(BODY, { headers })).statusCode]).toEqual([headers, 415]);
    const packed = await sender.postRaw(gzipSync(JSON.stringify(BODY)), {
      headers: { 'content-encoding': 'gzip' },
    });
    expect(packed.statusCode).toBe(415);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const response = await server.inject({ method, url: '/hooks/providers/acme-hr' });
      expect([method, response.statusCode, response.headers.allow]).toEqual([method, 405, 'POST']);
    }
    for (const url of ['//hooks/providers/acme-hr', '/hooks/providers', '/HOOKS/providers/acme-hr'])
      expect((await server.inject({ method: 'POST', url })).statusCode).toBe(404);
  });

  it.each([
    ['', 'BODY_NOT_JSON'],
    ['not json', 'BODY_NOT_JSON'],
    ['{"record":{"id":1},}', 'BODY_NOT_JSON'],
    ['{"record":{"id":1,"id":2}}', 'BODY_NOT_JSON'],
    ['{"record":{"id":1,"\\u0069d":2}}', 'BODY_NOT_JSON'],
    ['{"record":{"id":1,"__proto__":{"admin":true}}}', 'BODY_NOT_JSON'],
    ['{"record":{"id":1,"\\u005f_proto__":"x"}}', 'BODY_NOT_JSON'],
    ['{"record":{"id":1,"constructor":"x"}}', 'BODY_NOT_JSON'],
    [`{"record":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, 'BODY_NOT_JSON'],
    ['null', 'POST_INVALID'],
    ['[]', 'POST_INVALID'],
    ['{}', 'POST_INVALID'],
    ['{"records":[]}', 'POST_INVALID'],
    ['{"records":3}', 'POST_INVALID'],
    ['{"record":{"id":1},"hints":["1"]}', 'POST_INVALID'],
    ['{"record":{"id":{"a":1}}}', 'POST_INVALID'],
    ['{"record":{"id":1},"extra":true}', 'POST_INVALID'],
    ['{"begin":"a b"}', 'POST_INVALID'],
    ['{"end":"a"}', 'POST_INVALID'],
    ['{"deletions":["1"],"set":"a"}', 'POST_INVALID'],
  ])('is refused although it is signed: %s', async (body, code) => {
    const before = await taken();
    const response = await sender.postRaw(body);
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([422, code]);
    expect(await taken()).toBe(before);
  });

  it('takes effect once however often it comes, and never twice under one id', async () => {
    const before = await taken();
    const first = await sender.post(BODY, { id: 'once' });
    const times = await Promise.all(
      Array.from({ length: 10 }, async () => await sender.post(BODY, { id: 'once', at: seconds(-60) })),
    );
    expect(first.statusCode).toBe(202);
    for (const again of times) expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    expect(await taken()).toBe(before + 1);
    const other = await sender.post({ record: { id: 2 } }, { id: 'once' });
    expect([other.statusCode, other.json()]).toMatchObject([409, { code: 'PUSH_ID_REUSED' }]);
    expect(await taken()).toBe(before + 1);
  });

  it('may be signed with the key before for 24 hours', async () => {
    const old = sender.key;
    const { key, rotated } = await rotatePushKey(world.context, { name: 'acme-hr', actor: 'test' });
    sender.key = key.reveal();
    expect(rotated).toBe(true);
    expect((await sender.post(BODY)).statusCode).toBe(202);
    expect((await sender.post(BODY, { key: old })).statusCode).toBe(202);
    await world.context.store.read.query('UPDATE push_endpoints SET old_key_until = now()');
    expect((await sender.post(BODY, { key: old })).statusCode).toBe(401);
    await rotatePushKey(world.context, { name: 'acme-hr', actor: 'test' });
    expect((await sender.post(BODY)).statusCode).toBe(202);
    expect((await sender.post(BODY, { key: old })).statusCode).toBe(401);
  });
});
