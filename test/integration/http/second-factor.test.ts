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
