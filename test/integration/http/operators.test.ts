import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { inviteFirstOperator } from '../../../src/app/operators/first-operator.ts';
import { verifyAudit } from '../../../src/app/operators/verify-audit.ts';
import { anOperator, Client, openApi, OPERATOR_PASSWORD, ORIGIN, signedIn } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let anybody: Client;

beforeAll(async () => {
  world = await createWorld();
  server = await openApi(world.context);
  anybody = new Client(server, {});
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

async function count(sql: string): Promise<number> {
  const [row] = await world.context.store.read.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM ${sql}`,
  );
  return row?.count ?? -1;
}

describe('the first operator', () => {
  it('is made by a link that is good once', async () => {
    const links = [await inviteFirstOperator(world.context), await inviteFirstOperator(world.context)];
    const [first, second] = links.map((link) => link?.url.reveal().split('#')[1] ?? '');
    expect((await anybody.post('/api/v1/set-up/check', { token: first })).body).toEqual({
      purpose: 'first',
      name: null,
    });

    const short = await anybody.post('/api/v1/set-up', { token: first, name: 'a:b', password: 'qzjxkvwpfb' });
    expect(short.status).toBe(422);
    expect(short.body).toMatchObject({ code: 'OPERATOR_INVALID' });
    expect((short.body as { problems: { path: string }[] }).problems.map(({ path }) => path)).toEqual([
      'name',
      'password',
    ]);
    expect(await count('operators')).toBe(0);

    const request = { token: first, name: 'first', password: OPERATOR_PASSWORD };
    const results = await Promise.all([
      anybody.post('/api/v1/set-up', request),
      anybody.post('/api/v1/set-up', { ...request, token: second, name: 'other' }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect(await count('operators')).toBe(1);
    expect(await inviteFirstOperator(world.context)).toBeNull();
  });
});

describe('signing in', () => {
  beforeAll(async () => {
    await anOperator(world.context, 'anna', 'admin');
    await anOperator(world.context, 'sam', 'support');
  });

  it('begins a session that the cookie carries and the store knows by its hash', async () => {
    const { status, response } = await anybody.post('/api/v1/session', {
      name: 'ANNA',
      password: OPERATOR_PASSWORD,
    });
    expect(status).toBe(201);
    const [cookie] = response.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    const rows = await world.context.store.read.query<unknown[]>('SELECT * FROM operator_sessions');
    expect(JSON.stringify(rows)).not.toContain(cookie?.value);
    const anna = Client.withCookie(server, `${cookie?.name ?? ''}=${cookie?.value ?? ''}`);
    expect((await anna.get('/api/v1/me')).body).toMatchObject({
      name: 'anna',
      role: 'admin',
      secondFactor: false,
    });
  });

  it('uses a __Host- cookie over https', async () => {
    const settings = { ...world.context.settings, publicUrl: 'https://accounts.example.com' };
    const secure = await openApi({ ...world.context, settings });
    const { response } = await new Client(secure, {}).post('/api/v1/session', {
      name: 'anna',
      password: OPERATOR_PASSWORD,
    });
    expect(response.cookies[0]).toMatchObject({ name: '__Host-tributary-operator', secure: true });
    await secure.close();
  });

  it('answers alike for unknown names, wrong passwords and disabled operators', async () => {
    await anOperator(world.context, 'gone', 'viewer');
    const anna = await signedIn(server, 'anna');
    expect((await anna.send('PATCH', '/api/v1/operators/gone', { body: { disabled: true } })).status).toBe(
      200,
    );
    const answers = await Promise.all(
      ['nobody', 'sam', 'gone'].map(async (name) => {
        const password = name === 'gone' ? OPERATOR_PASSWORD : 'not the right one at all';
        const { status, body } = await anybody.post('/api/v1/session', { name, password });
        return { status, body: { ...(body as object), requestId: '' } };
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REFUSED' } });
  });

  it('makes somebody who guesses wait, however many try at once', async () => {
    await anOperator(world.context, 'target', 'viewer');
    const guess = { name: 'target', password: 'a guess that is not right' };
    await Promise.all(Array.from({ length: 12 }, () => anybody.post('/api/v1/session', guess)));
    const right = await anybody.post('/api/v1/session', { name: 'target', password: OPERATOR_PASSWORD });
    expect(right.status).toBe(401);
    const [row] = await world.context.store.read.query<{ failures: number }[]>(
      `SELECT failures FROM sign_in_attempts WHERE key LIKE 'operator/account/%' ORDER BY failures DESC LIMIT 1`,
    );
    expect(row?.failures).toBe(5);
  });

  it('refuses cookies that another site sends', async () => {
    const sam = await signedIn(server, 'sam');
    const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const attempts: Record<string, string>[] = [
      cross,
      { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:4600' },
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of attempts) {
      const { status, body } = await sam.send('DELETE', '/api/v1/session', { headers });
      expect([headers, status, (body as { code: string }).code]).toEqual([headers, 403, 'FOREIGN_REQUEST']);
    }
    const signIn = { name: 'sam', password: OPERATOR_PASSWORD };
    expect((await anybody.send('POST', '/api/v1/session', { body: signIn, headers: cross })).status).toBe(
      403,
    );
    expect((await sam.get('/api/v1/me')).status).toBe(200);
  });

  it('takes no forms and no text, which other sites can send without asking', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const { status } = await anybody.send('POST', '/api/v1/session', {
        body: '{}',
        headers: { 'content-type': type, origin: ORIGIN },
      });
      expect([type, status]).toEqual([type, 415]);
    }
  });

  it('ends: by signing out, from elsewhere, by age and by rest', async () => {
    const [one, two, old, idle] = [
      await signedIn(server, 'sam'),
      await signedIn(server, 'sam'),
      await signedIn(server, 'sam'),
      await signedIn(server, 'sam'),
    ];
    const { sessionId } = (await two.get('/api/v1/me')).body as { sessionId: string };
    expect((await one.send('DELETE', `/api/v1/me/sessions/${sessionId}`)).status).toBe(204);
    expect((await two.get('/api/v1/me')).body).toMatchObject({ code: 'SESSION_ENDED' });
    const idOf = async (client: Client): Promise<string> =>
      ((await client.get('/api/v1/me')).body as { sessionId: string }).sessionId;
    const { read } = world.context.store;
    await read.query(`UPDATE operator_sessions SET expires_at = now() WHERE id = $1`, [await idOf(old)]);
    await read.query(`UPDATE operator_sessions SET seen_at = now() - interval '61 minutes' WHERE id = $1`, [
      await idOf(idle),
    ]);
    for (const client of [old, idle]) expect((await client.get('/api/v1/me')).status).toBe(401);
    expect((await one.send('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await one.get('/api/v1/me')).status).toBe(401);
  });

  it('changes a password for whoever knows the present one, and ends the other sessions', async () => {
    await anOperator(world.context, 'petra', 'viewer');
    const [here, there] = [await signedIn(server, 'petra'), await signedIn(server, 'petra')];
    const password = 'eight other words that nobody knows';
    const wrong = await here.send('PUT', '/api/v1/me/password', { body: { current: 'wrong', password } });
    expect(wrong.body).toMatchObject({ code: 'PASSWORD_WRONG' });
    const current = OPERATOR_PASSWORD;
    expect((await here.send('PUT', '/api/v1/me/password', { body: { current, password } })).status).toBe(204);
    expect((await here.get('/api/v1/me')).status).toBe(200);
    expect((await there.get('/api/v1/me')).status).toBe(401);
    expect((await anybody.post('/api/v1/session', { name: 'petra', password })).status).toBe(201);
  });
});

describe('operators', () => {
  it('nobody changes themselves, and an admin remains', async () => {
    const anna = await signedIn(server, 'anna');
    const own = await anna.send('PATCH', '/api/v1/operators/anna', { body: { role: 'viewer' } });
    expect(own.body).toMatchObject({ status: 409, code: 'OWN_ACCOUNT' });
    const rest = (await anna.get('/api/v1/operators')).body as { items: { name: string; role: string }[] };
    for (const { name, role } of rest.items)
      if (role === 'admin' && name !== 'anna')
        await anna.send('PATCH', `/api/v1/operators/${name}`, { body: { disabled: true } });
    const { changeOperator } = await import('../../../src/app/operators/change-operator.ts');
    const last = changeOperator(world.context, {
      who: 'anna',
      disabled: true,
      actor: 'cli:test',
      operatorId: null,
    });
    await expect(last).rejects.toMatchObject({ code: 'LAST_ADMIN' });
  });

  it('a role counts from the next request on, and a disabled operator’s tokens end', async () => {
    await anOperator(world.context, 'vera', 'admin');
    const [anna, vera] = [await signedIn(server, 'anna'), await signedIn(server, 'vera')];
    const made = await vera.post('/api/v1/tokens', { name: 'vera’s', scopes: ['operators:read'] });
    const token = Client.withToken(server, (made.body as { token: string }).token);
    expect((await token.get('/api/v1/operators')).status).toBe(200);
    await anna.send('PATCH', '/api/v1/operators/vera', { body: { role: 'support' } });
    expect((await vera.get('/api/v1/operators')).body).toMatchObject({ code: 'ROLE_TOO_LOW' });
    expect((await token.get('/api/v1/operators')).body).toMatchObject({ code: 'ROLE_TOO_LOW' });
    const more = await vera.post('/api/v1/tokens', { name: 'more', scopes: ['providers:write', 'sign-in'] });
    expect(more.body).toMatchObject({ status: 422, code: 'TOKEN_INVALID' });
    await anna.send('PATCH', '/api/v1/operators/vera', { body: { disabled: true } });
    expect((await token.get('/api/v1/operators')).body).toMatchObject({ code: 'TOKEN_REFUSED' });
  });

  it('invites by a link that lets them choose a password', async () => {
    const anna = await signedIn(server, 'anna');
    const made = await anna.post('/api/v1/operators', { name: 'nils', role: 'viewer' });
    expect(made.status).toBe(201);
    const link = (made.body as { link: string }).link;
    expect(link).toContain(`${ORIGIN}/console/set-up#`);
    const token = link.split('#')[1];
    const chosen = { token, password: OPERATOR_PASSWORD };
    expect((await anybody.post('/api/v1/set-up', chosen)).body).toEqual({ name: 'nils' });
    expect((await anybody.post('/api/v1/set-up', chosen)).body).toMatchObject({ code: 'LINK_REFUSED' });
    await signedIn(server, 'nils');
  });

  it('leave what they did in a log that is whole', async () => {
    const report = await verifyAudit(world.context);
    expect(report.faults).toEqual([]);
    expect(report.entries).toBeGreaterThan(20);
    const text = JSON.stringify(await world.context.store.read.query('SELECT * FROM audit_entries'));
    for (const action of [
      'operator.create',
      'operator.sign-in',
      'operator.sign-in-refused',
      'access.refused',
    ])
      expect(text).toContain(action);
    expect(text).not.toContain(OPERATOR_PASSWORD);
  });
});
