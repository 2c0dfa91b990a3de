import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';
import { authenticateToken } from '../../../src/app/operators/authenticate.ts';
import { inviteOperator } from '../../../src/app/operators/change-operator.ts';
import { createOperator } from '../../../src/app/operators/create-operator.ts';
import { createToken } from '../../../src/app/operators/create-token.ts';
import { madeBy } from '../../../src/app/operators/caller.ts';
import { verifyAudit } from '../../../src/app/operators/verify-audit.ts';
import type { Scope } from '../../../src/domain/operators/scopes.ts';
import { lockOperators } from '../../../src/store/operators/operators.ts';
import { anOperator, aToken, Client, openApi, OPERATOR_PASSWORD, signedIn } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let chief: Client;

beforeAll(async () => {
  world = await createWorld();
  server = await openApi(world.context);
  await anOperator(world.context, 'chief', 'admin');
  chief = await signedIn(server, 'chief');
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

interface Made {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly expiresAt: string;
}

let count = 0;

/** A token that somebody makes over the API. */
async function made(by: Client, scopes: readonly Scope[], days?: number): Promise<Made & { client: Client }> {
  count += 1;
  const { status, body } = await by.post('/api/v1/tokens', { name: `made ${String(count)}`, scopes, days });
  expect([status, body]).toEqual([201, expect.anything()]);
  const token = body as Made;
  return { ...token, client: Client.withToken(server, token.token) };
}

async function codeOf(asked: Promise<{ readonly body: unknown }>): Promise<string | undefined> {
  return ((await asked).body as { code?: string } | null)?.code;
}

async function revoked(which: string, query = ''): Promise<unknown> {
  return (await chief.send('DELETE', `/api/v1/tokens/${encodeURIComponent(which)}${query}`)).body;
}

/** Follows a one-time link, as the person would who got it. @returns the code of a refusal. */
async function follow(link: string, name?: string): Promise<string | undefined> {
  const token = link.split('#')[1];
  return await codeOf(
    new Client(server, {}).post('/api/v1/set-up', { token, name, password: OPERATOR_PASSWORD }),
  );
}

async function invited(by: Client, name: string, role: string): Promise<string> {
  const { body } = await by.post('/api/v1/operators', { name, role });
  return (body as { link: string }).link;
}

describe('a token that makes tokens', () => {
  it('gives no scope that it lacks, and no day more than it has', async () => {
    const parent = await made(chief, ['tokens:write', 'runs:read'], 10);
    const more = { name: 'more', scopes: ['runs:read', 'providers:read', 'sign-in'] };
    const refused = await parent.client.post('/api/v1/tokens', more);
    expect(refused).toMatchObject({ status: 422, body: { code: 'TOKEN_INVALID' } });
    expect(
      (refused.body as { problems: { message: string }[] }).problems.map(({ message }) => message),
    ).toEqual(
      ['providers:read', 'sign-in'].map((scope) => `${scope} is more than the token has that makes it`),
    );
    const long = await made(parent.client, ['runs:read'], 300);
    expect(long.expiresAt).toBe(parent.expiresAt);
    const short = await made(parent.client, ['tokens:write', 'runs:read'], 2);
    const child = await made(short.client, ['runs:read']);
    expect([child.expiresAt, short.expiresAt < parent.expiresAt]).toEqual([short.expiresAt, true]);
    await expect(authenticateToken(world.context, new Secret(child.token))).resolves.toMatchObject({
      role: 'admin',
      scopes: ['runs:read'],
    });
  });

  it('never has, nor gives, more than the role of whoever made it', async () => {
    await anOperator(world.context, 'sue', 'admin');
    const sue = await signedIn(server, 'sue');
    const parent = await made(sue, ['tokens:write', 'tokens:read', 'runs:write', 'providers:write']);
    const child = await made(parent.client, ['tokens:read']);
    await chief.send('PATCH', '/api/v1/operators/sue', { body: { role: 'support' } });
    await expect(authenticateToken(world.context, new Secret(child.token))).resolves.toMatchObject({
      role: 'support',
    });
    const asked = { name: 'above', scopes: ['providers:write'] };
    expect(await codeOf(parent.client.post('/api/v1/tokens', asked))).toBe('TOKEN_INVALID');
    const { items } = (await child.client.get('/api/v1/tokens')).body as { items: { createdBy: string }[] };
    expect(new Set(items.map(({ createdBy }) => createdBy))).toEqual(
      new Set(['sue', `token:${parent.name}`]),
    );
    expect(
      await codeOf(parent.client.send('DELETE', `/api/v1/tokens/${(await made(chief, ['metrics'])).id}`)),
    ).toBe('TOKEN_NOT_FOUND');
  });

  it('takes all that was made with it along when it is revoked', async () => {
    const parent = await made(chief, ['tokens:write', 'operators:read']);
    const child = await made(parent.client, ['tokens:write', 'operators:read']);
    const grandchild = await made(child.client, ['operators:read']);
    const other = await made(chief, ['operators:read']);
    const answer = await revoked(parent.name);
    expect(answer).toEqual({
      name: parent.name,
      tokens: expect.anything(),
      links: 0,
      disabled: [],
      kept: [],
    });
    expect(new Set((answer as { tokens: string[] }).tokens)).toEqual(new Set([child.name, grandchild.name]));
    for (const { client } of [parent, child, grandchild])
      expect(await codeOf(client.get('/api/v1/operators'))).toBe('TOKEN_REFUSED');
    expect((await other.client.get('/api/v1/operators')).status).toBe(200);
  });

  it('ends for good with its maker, and so does what it made', async () => {
    await anOperator(world.context, 'leaver', 'admin');
    const parent = await made(await signedIn(server, 'leaver'), [
      'tokens:write',
      'operators:write',
      'runs:read',
    ]);
    const child = await made(parent.client, ['runs:read']);
    const link = await invited(parent.client, 'guest', 'viewer');
    for (const disabled of [true, false])
      await chief.send('PATCH', '/api/v1/operators/leaver', { body: { disabled } });
    for (const { client } of [parent, child])
      expect(await codeOf(client.get('/api/v1/runs'))).toBe('TOKEN_REFUSED');
    expect(await follow(link)).toBe('LINK_REFUSED');
  });

  it.each(['token', 'operator', 'link'])('makes no %s once it was revoked in mid-request', async (what) => {
    const { context } = world;
    const parent = await made(chief, ['tokens:write', 'runs:read', 'operators:write']);
    const caller = await authenticateToken(context, new Secret(parent.token));
    const by = madeBy(caller);
    const about = { name: `late ${what}`, actor: 'token:late' };
    const makers: Readonly<Record<string, () => Promise<unknown>>> = {
      token: () => createToken(context, { ...about, scopes: ['runs:read'], maker: caller }),
      operator: () => createOperator(context, { ...about, role: 'viewer', password: null, by }),
      link: () => inviteOperator(context, { ...about, who: 'sue', dropSecondFactor: false, by }),
    };
    const late = await context.store.transaction(async (tx) => {
      await lockOperators(tx);
      const asked = makers[what]!().catch((error: unknown) => error);
      await tx.query('UPDATE api_tokens SET revoked_at = now() WHERE id = $1', [parent.id]);
      return { asked };
    });
    expect(await late.asked).toMatchObject({ code: 'MAKER_ENDED' });
  });
});

describe('a token that manages operators', () => {
  it('does what an admin does, in the log by its name', async () => {
    const { client, name } = await made(chief, ['operators:write']);
    expect(await codeOf(client.get('/api/v1/operators'))).toBe('SCOPE_MISSING');
    expect(await follow(await invited(client, 'nils', 'viewer'))).toBeUndefined();
    const change = { body: { role: 'support' } };
    expect((await client.send('PATCH', '/api/v1/operators/nils', change)).body).toMatchObject(change.body);
    await signedIn(server, 'nils');
    expect((await client.send('DELETE', '/api/v1/operators/nils/sessions')).body).toEqual({ ended: 1 });
    expect((await client.post('/api/v1/operators/nils/link', {})).status).toBe(201);
    const rows = await world.context.store.read.query<{ action: string; subject: string }[]>(
      'SELECT action, subject FROM audit_entries WHERE actor = $1 ORDER BY seq',
      [`token:${name}`],
    );
    expect(rows.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'access.refused GET /api/v1/operators',
      'operator.create nils',
      'operator.change nils',
      'operator.end-sessions nils',
      'operator.invite nils',
    ]);
  });

  it('does nothing to the operator who made it, and sets nobody’s password or second factor itself', async () => {
    const { client } = await made(chief, ['operators:write', 'tokens:write']);
    for (const body of [{ disabled: true }, { role: 'viewer' }])
      expect(await codeOf(client.send('PATCH', '/api/v1/operators/chief', { body }))).toBe('OWN_ACCOUNT');
    for (const caller of [client, chief])
      expect(await codeOf(caller.post('/api/v1/operators/chief/link', { dropSecondFactor: true }))).toBe(
        'OWN_ACCOUNT',
      );
    const own = [
      client.send('PUT', '/api/v1/me/password', { body: { current: OPERATOR_PASSWORD, password: 'x' } }),
      client.post('/api/v1/me/second-factor', { password: OPERATOR_PASSWORD }),
      client.post('/api/v1/me/second-factor/remove', { password: OPERATOR_PASSWORD, code: '123456' }),
    ];
    for (const asked of own) expect(await codeOf(asked)).toBe('SESSION_NEEDED');
    const chosen = { name: 'olle', role: 'viewer', password: OPERATOR_PASSWORD };
    expect(await codeOf(client.post('/api/v1/operators', chosen))).toBe('REQUEST_INVALID');
  });

  it('takes along who got in by its links when it is revoked, unless they are to stay', async () => {
    const thief = await made(chief, ['operators:write', 'tokens:write']);
    const other = await made(thief.client, ['operators:write']);
    for (const name of ['eve', 'mia']) await follow(await invited(thief.client, name, 'admin'));
    const eve = await signedIn(server, 'eve');
    const eves = await made(eve, ['operators:read']);
    await anOperator(world.context, 'ben', 'viewer');
    const taken = await other.client.post('/api/v1/operators/ben/link', {});
    await follow((taken.body as { link: string }).link);
    // Who chose a password by somebody else's link since owes the token nothing.
    const again = await chief.post('/api/v1/operators/mia/link', {});
    await follow((again.body as { link: string }).link);
    const unused = await invited(thief.client, 'later', 'viewer');
    expect(await revoked(thief.id)).toEqual({
      name: thief.name,
      tokens: [other.name],
      links: 1,
      disabled: ['ben', 'eve'],
      kept: [],
    });
    expect(await follow(unused)).toBe('LINK_REFUSED');
    expect(await codeOf(eve.get('/api/v1/me'))).toBe('SESSION_ENDED');
    expect(await codeOf(eves.client.get('/api/v1/operators'))).toBe('TOKEN_REFUSED');
    await signedIn(server, 'mia');

    const onboarding = await made(chief, ['operators:write']);
    await follow(await invited(onboarding.client, 'tom', 'support'));
    expect(await revoked(onboarding.id, '?keepOperators=true')).toMatchObject({
      disabled: [],
      kept: ['tom'],
    });
    await signedIn(server, 'tom');
  });

  it('takes them along whatever the token was called, and whatever it revoked of its own before', async () => {
    const thief = await made(chief, ['operators:write', 'tokens:write']);
    const second = await made(thief.client, ['operators:write', 'tokens:write']);
    await follow(await invited(second.client, 'ivan', 'admin'));
    const keep = `/api/v1/tokens/${second.id}?keepOperators=true`;
    expect(await codeOf(thief.client.send('DELETE', keep))).toBe('SESSION_NEEDED');
    const decoy = { name: thief.id, scopes: ['operators:write'] };
    expect((await second.client.post('/api/v1/tokens', decoy)).status).toBe(201);
    await world.context.store.read.query('UPDATE api_tokens SET revoked_at = now() WHERE id = $1', [
      second.id,
    ]);
    expect(await revoked(thief.id)).toEqual({
      name: thief.name,
      tokens: [thief.id],
      links: 0,
      disabled: ['ivan'],
      kept: [],
    });
    expect(await codeOf(thief.client.get('/api/v1/operators'))).toBe('TOKEN_REFUSED');
  });

  it('lets those be who were vouched for, also when the token that made theirs is revoked', async () => {
    const parent = await made(chief, ['operators:write', 'tokens:write']);
    const child = await made(parent.client, ['operators:write']);
    await follow(await invited(child.client, 'una', 'support'));
    expect(await revoked(child.id, '?keepOperators=true')).toMatchObject({ kept: ['una'] });
    expect(await revoked(parent.id)).toMatchObject({ disabled: [], kept: [] });
  });

  it('leaves an admin who can sign in, whatever is asked and however it is revoked', async () => {
    const cli = Client.withToken(server, await aToken(world.context, ['operators:write', 'operators:read']));
    const { items } = (await cli.get('/api/v1/operators')).body as {
      items: { name: string; role: string }[];
    };
    const admins = items.filter(({ role }) => role === 'admin').map(({ name }) => name);
    const all = await Promise.all(
      admins.map(async (name) =>
        codeOf(cli.send('PATCH', `/api/v1/operators/${name}`, { body: { disabled: true } })),
      ),
    );
    expect(all.filter((code) => code === 'LAST_ADMIN')).toHaveLength(1);
    const left = admins[all.indexOf('LAST_ADMIN')] ?? '';
    expect(await codeOf(cli.send('PATCH', `/api/v1/operators/${left}`, { body: { role: 'viewer' } }))).toBe(
      'LAST_ADMIN',
    );
    const way = Client.withToken(server, await aToken(world.context, ['operators:write', 'tokens:write']));
    const { body } = await way.post('/api/v1/tokens', { name: 'last', scopes: ['operators:write'] });
    const last = Client.withToken(server, (body as Made).token);
    await follow(await invited(last, 'zoe', 'admin'));
    await follow(await invited(last, 'yan', 'viewer'));
    await way.send('PATCH', `/api/v1/operators/${left}`, { body: { disabled: true } });
    expect((await way.send('DELETE', '/api/v1/tokens/last')).body).toMatchObject({
      disabled: ['yan'],
      kept: ['zoe'],
    });
    await signedIn(server, 'zoe');
    expect((await verifyAudit(world.context)).faults).toEqual([]);
  });
});
