import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Secret as OtpSecret, TOTP } from 'otpauth';
import { anOperator, Client, openApi, OPERATOR_PASSWORD, signedIn } from '../../support/api.ts';
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

describe('the second factor', () => {
  it('is proven once, asked for then, and each code is good once', async () => {
    await anOperator(world.context, 'tova', 'support');
    const tova = await signedIn(server, 'tova');
    const proposed = await tova.post('/api/v1/me/second-factor', { password: OPERATOR_PASSWORD });
    const { secret, uri } = proposed.body as { secret: string; uri: string };
    expect(uri).toContain('otpauth://totp/');
    const codeAt = (steps: number): string =>
      new TOTP({ secret: OtpSecret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
    const sign = async (code?: string): Promise<{ status: number; body: unknown }> =>
      await anybody.post('/api/v1/session', { name: 'tova', password: OPERATOR_PASSWORD, code });

    expect((await sign()).status).toBe(201);
    const confirmed = await tova.post('/api/v1/me/second-factor/confirm', { code: codeAt(-1) });
    const { recoveryCodes } = confirmed.body as { recoveryCodes: string[] };
    expect(recoveryCodes).toHaveLength(10);

    expect(await sign()).toMatchObject({ status: 401, body: { code: 'SECOND_FACTOR_REQUIRED' } });
    expect((await sign('000000')).status).toBe(401);
    expect((await sign(codeAt(-1))).status).toBe(401);
    const now = codeAt(0);
    expect((await sign(now)).status).toBe(201);
    expect((await sign(now)).status).toBe(401);
    const recovery = recoveryCodes[0] ?? '';
    expect((await sign(recovery.toUpperCase().replace('-', ' '))).status).toBe(201);
    expect((await sign(recovery)).status).toBe(401);
    const rows = await world.context.store.read.query<unknown[]>(
      'SELECT * FROM operators, operator_recovery_codes',
    );
    for (const text of [secret, recovery]) expect(JSON.stringify(rows)).not.toContain(text);

    const off = { password: OPERATOR_PASSWORD, code: recoveryCodes[1] };
    expect((await tova.post('/api/v1/me/second-factor/remove', off)).status).toBe(204);
    expect((await sign()).status).toBe(201);
  });

  it('counts wrong codes like wrong passwords', async () => {
    await anOperator(world.context, 'ulf', 'viewer');
    const ulf = await signedIn(server, 'ulf');
    const { body } = await ulf.post('/api/v1/me/second-factor', { password: OPERATOR_PASSWORD });
    const code = new TOTP({ secret: OtpSecret.fromBase32((body as { secret: string }).secret) }).generate();
    await ulf.post('/api/v1/me/second-factor/confirm', { code });
    const guess = { name: 'ulf', password: OPERATOR_PASSWORD, code: '123456' };
    for (let tries = 0; tries < 5; tries += 1) await anybody.post('/api/v1/session', guess);
    const { body: answer } = await anybody.post('/api/v1/session', { ...guess, code: undefined });
    expect(answer).toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });
});

describe('recovery codes', () => {
  it('are counted, and made anew against both factors', async () => {
    await anOperator(world.context, 'vera', 'support');
    const vera = await signedIn(server, 'vera');
    const { body } = await vera.post('/api/v1/me/second-factor', { password: OPERATOR_PASSWORD });
    const code = new TOTP({ secret: OtpSecret.fromBase32((body as { secret: string }).secret) }).generate();
    const first = await vera.post('/api/v1/me/second-factor/confirm', { code });
    const [old = '', other = ''] = (first.body as { recoveryCodes: string[] }).recoveryCodes;
    expect((await vera.get('/api/v1/me')).body).toMatchObject({ secondFactor: true, recoveryCodesLeft: 10 });
    const renew = async (proof: string): ReturnType<Client['post']> =>
      await vera.post('/api/v1/me/second-factor/recovery-codes', {
        password: OPERATOR_PASSWORD,
        code: proof,
      });
    expect(await renew('nonsense')).toMatchObject({ status: 422, body: { code: 'CODE_WRONG' } });
    const renewed = await renew(old);
    const [fresh = ''] = (renewed.body as { recoveryCodes: string[] }).recoveryCodes;
    expect(await renew(other)).toMatchObject({ status: 422 });
    const sign = { name: 'vera', password: OPERATOR_PASSWORD, code: fresh };
    expect((await anybody.post('/api/v1/session', sign)).status).toBe(201);
    expect((await vera.get('/api/v1/me')).body).toMatchObject({ recoveryCodesLeft: 9 });
  });
});

describe('an installation that asks admins for a second factor', () => {
  it('lets them set one up, and do nothing else before', async () => {
    const asking = {
      ...world.context,
      settings: { ...world.context.settings, secondFactor: 'admins' },
    } as const;
    await anOperator(asking, 'adam', 'admin');
    await anOperator(asking, 'sara', 'support');
    const strict = await openApi(asking);
    const [adam, sara] = [await signedIn(strict, 'adam'), await signedIn(strict, 'sara')];
    expect((await sara.get('/api/v1/profiles')).status).toBe(200);
    expect((await adam.get('/api/v1/me')).body).toMatchObject({
      secondFactor: false,
      secondFactorNeeded: true,
    });
    const refused = { status: 403, body: { code: 'SECOND_FACTOR_NEEDED' } };
    // Made before the installation asked: it goes on, and lets nobody in.
    const scopes = ['operators:read', 'operators:write', 'tokens:write'];
    const early = await (await signedIn(server, 'adam')).post('/api/v1/tokens', { name: 'early', scopes });
    const token = Client.withToken(strict, (early.body as { token: string }).token);
    expect((await token.get('/api/v1/operators')).status).toBe(200);
    expect(await token.post('/api/v1/operators', { name: 'eva', role: 'admin' })).toMatchObject(refused);
    expect(await token.post('/api/v1/tokens', { name: 'late', scopes })).toMatchObject(refused);
    for (const path of ['profiles', 'providers', 'operators', 'tokens', 'audit'])
      expect(await adam.get(`/api/v1/${path}`)).toMatchObject(refused);
    expect(await adam.post('/api/v1/tokens', { name: 'way in', scopes: ['audit:read'] })).toMatchObject(
      refused,
    );
    expect(await adam.post('/api/v1/operators', { name: 'eva', role: 'admin' })).toMatchObject(refused);

    const { body } = await adam.post('/api/v1/me/second-factor', { password: OPERATOR_PASSWORD });
    const code = new TOTP({ secret: OtpSecret.fromBase32((body as { secret: string }).secret) }).generate();
    const confirmed = await adam.post('/api/v1/me/second-factor/confirm', { code });
    const [recovery] = (confirmed.body as { recoveryCodes: string[] }).recoveryCodes;
    expect((await adam.get('/api/v1/operators')).status).toBe(200);
    expect((await token.post('/api/v1/operators', { name: 'eva', role: 'admin' })).status).toBe(201);
    const off = { password: OPERATOR_PASSWORD, code: recovery };
    expect(await adam.post('/api/v1/me/second-factor/remove', off)).toMatchObject({
      status: 409,
      body: { code: 'SECOND_FACTOR_KEPT' },
    });
    await strict.close();
  });

  it('ends one session of an operator, or all of them', async () => {
    await anOperator(world.context, 'bo', 'viewer');
    await anOperator(world.context, 'chief', 'admin');
    const chief = await signedIn(server, 'chief');
    const [one, two] = [await signedIn(server, 'bo'), await signedIn(server, 'bo')];
    const { id } = (await chief.get('/api/v1/operators/bo')).body as { id: string };
    const listed = await chief.get(`/api/v1/operators/${id}/sessions`);
    const [newest] = (listed.body as { items: { id: string }[] }).items;
    expect((await chief.send('DELETE', `/api/v1/operators/${id}/sessions/${newest?.id ?? ''}`)).status).toBe(
      204,
    );
    const open = [(await one.get('/api/v1/me')).status, (await two.get('/api/v1/me')).status];
    expect(open.toSorted()).toEqual([200, 401]);
    expect((await chief.send('DELETE', `/api/v1/operators/${id}/sessions/${newest?.id ?? ''}`)).status).toBe(
      404,
    );
    expect((await chief.send('DELETE', `/api/v1/operators/${id}/sessions`)).body).toEqual({ ended: 1 });
  });
});
