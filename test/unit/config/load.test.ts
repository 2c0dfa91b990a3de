import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError } from '../../../config/config-error.ts';
import { loadConfig, type Environment } from '../../../config/load.ts';
import { describeConfig, printConfig } from '../../../config/print.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-config-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function problems(environment: Environment): Promise<Record<string, string>> {
  const error: unknown = await loadConfig(environment).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigError)) throw new Error('expected a ConfigError', { cause: error });
  return Object.fromEntries(
    error.problems.map(({ variable, message, remedy }) => [variable, `${message}. ${remedy}`]),
  );
}

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

describe('loadConfig', () => {
  it('has a default for everything', async () => {
    const { config, origins } = await loadConfig({});
    expect(config).toMatchObject({
      databaseUrl: null,
      dataDirectory: resolve('.tributary'),
      host: '127.0.0.1',
      port: 4600,
      publicUrl: 'http://localhost:4600',
      mailFrom: 'no-reply@localhost',
      passwordMinimum: 15,
      secondFactor: 'optional',
      registrationLinkHours: 72,
      resetLinkMinutes: 60,
      sessionHours: 12,
      roles: ['api', 'worker', 'scheduler'],
      trustProxy: false,
      logFormat: 'text',
    });
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
  });

  it('lets defaults follow from what is set', async () => {
    const { config } = await loadConfig({
      DATABASE_URL: 'postgres://db.example/tributary',
      NODE_ENV: 'production',
      TRIBUTARY_PUBLIC_URL: 'https://accounts.acme.example/',
      TRIBUTARY_PORT: '8080',
    });
    expect(config).toMatchObject({
      allowPrivateAddresses: false,
      allowLoopbackAddresses: false,
      logFormat: 'json',
      publicUrl: 'https://accounts.acme.example',
      mailFrom: 'no-reply@accounts.acme.example',
    });
    expect((await loadConfig({ TRIBUTARY_PORT: '8080' })).config).toMatchObject({
      allowPrivateAddresses: true,
      allowLoopbackAddresses: true,
      publicUrl: 'http://localhost:8080',
    });
  });

  it('reports every problem at once, each with its variable and what to do', async () => {
    const found = await problems({
      TRIBUTARY_PORT: '54e2',
      TRIBUTARY_PASSWORD_MINIMUM: '7',
      TRIBUTARY_ROLES: 'api,cook',
      TRIBUTARY_LOG_LVEL: 'info',
      TRIBUTARY_SOMETHING_ELSE_ENTIRELY: '1',
      TRIBUTARY_PUBLIC_URL: 'http://accounts.acme.example',
      SMTP_URL: 'http://user:hunter2@mail.example',
    });
    expect(found).toEqual({
      TRIBUTARY_PORT: 'the value "54e2" is not accepted. Set it to a port from 1 to 65535.',
      TRIBUTARY_PASSWORD_MINIMUM: 'the value "7" is not accepted. Set it to a number from 8 to 64.',
      TRIBUTARY_ROLES:
        'the value "api,cook" is not accepted. Set it to one or more of api, worker and scheduler, separated by commas.',
      TRIBUTARY_LOG_LVEL: 'there is no such option. Did you mean TRIBUTARY_LOG_LEVEL? Otherwise remove it.',
      TRIBUTARY_SOMETHING_ELSE_ENTIRELY:
        'there is no such option. Remove it; `bin/tributary config` lists every option.',
      TRIBUTARY_PUBLIC_URL: expect.stringContaining('use https'),
      SMTP_URL: expect.not.stringContaining('hunter2'),
    });
  });

  it.each([
    ['short', randomBytes(16).toString('base64')],
    ['long', randomBytes(48).toString('base64')],
    ['zeros', Buffer.alloc(32).toString('hex')],
    ['counting', Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64')],
    ['repeated', '0123456789abcdef'.repeat(4)],
    ['typed', Buffer.from('change-me-to-32-random-bytes-0k!').toString('base64')],
    ['a word', 'changeme'],
  ])('refuses a key that is %s, without repeating it', async (_, key) => {
    const found = await problems({ TRIBUTARY_SECRET_KEY: key });
    expect(found['TRIBUTARY_SECRET_KEY']).toContain('openssl rand -base64 32');
    expect(found['TRIBUTARY_SECRET_KEY']).not.toContain(key);
  });

  it('trusts proxies by address only', async () => {
    const { config } = await loadConfig({ TRIBUTARY_TRUST_PROXY: '10.0.0.0/8, ::1' });
    expect(config.trustProxy).toBe('10.0.0.0/8,::1');
    for (const text of ['1', 'true', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example'])
      expect(await problems({ TRIBUTARY_TRUST_PROXY: text })).toHaveProperty('TRIBUTARY_TRUST_PROXY');
  });

  it('takes a generated key in either notation', async () => {
    const key = Buffer.from('b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef', 'hex');
    for (const text of [key.toString('hex'), key.toString('base64'), key.toString('base64url')]) {
      const { config } = await loadConfig({ TRIBUTARY_SECRET_KEY: text });
      expect(config.secretKey?.()).toEqual(key);
    }
  });

  it('takes up to four accepted keys, and refuses a list with a bad one without repeating it', async () => {
    const keys = Array.from({ length: 5 }, () => randomBytes(32));
    const list = (some: readonly Buffer[]): string => some.map((key) => key.toString('base64')).join(', ');
    const { config } = await loadConfig({ TRIBUTARY_SECRET_KEYS_ACCEPTED: list(keys.slice(1)) });
    expect(config.secretKeysAccepted?.()).toEqual(keys.slice(1));
    for (const bad of [list(keys), `${list(keys.slice(3))},changeme`]) {
      const found = await problems({ TRIBUTARY_SECRET_KEYS_ACCEPTED: bad });
      expect(found['TRIBUTARY_SECRET_KEYS_ACCEPTED']).toContain('separated by commas');
      expect(JSON.stringify(found)).not.toContain(keys[4]?.toString('base64'));
    }
  });

  it('reads a file of settings, and lets the environment win', async () => {
    const yaml = await file(
      'a.yaml',
      'TRIBUTARY_PORT: 5000\nTRIBUTARY_ROLES: [api, worker]\nTRIBUTARY_HOST:\n',
    );
    const { config, origins } = await loadConfig({ TRIBUTARY_CONFIG_FILE: yaml, TRIBUTARY_PORT: '6000' });
    expect(config).toMatchObject({ port: 6000, roles: ['api', 'worker'], host: '127.0.0.1' });
    expect(origins).toMatchObject({ port: 'environment', roles: 'file', host: 'default' });
    const lines = await file('a.env', 'TRIBUTARY_PORT=5001\nOTHER=1\n');
    expect((await loadConfig({ TRIBUTARY_CONFIG_FILE: lines })).config.port).toBe(5001);
  });

  it.each([
    ['unknown.yaml', 'SMTP_URl: x\nTRIBUTARY_PROT: 1\n', ['SMTP_URl', 'TRIBUTARY_PROT']],
    ['nested.yaml', 'TRIBUTARY_PORT: { a: 1 }\nTRIBUTARY_HOST: [[1]]', ['TRIBUTARY_HOST', 'TRIBUTARY_PORT']],
    ['list.yaml', '- 1\n', ['TRIBUTARY_CONFIG_FILE']],
    ['broken.yaml', 'SMTP_URL: "hunter2\n', ['TRIBUTARY_CONFIG_FILE']],
  ])('refuses %s', async (name, content, variables) => {
    const found = await problems({ TRIBUTARY_CONFIG_FILE: await file(name, content) });
    expect(Object.keys(found).toSorted()).toEqual(variables);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('refuses a file that is not there', async () => {
    expect(await problems({ TRIBUTARY_CONFIG_FILE: join(directory, 'none.yaml') })).toHaveProperty(
      'TRIBUTARY_CONFIG_FILE',
    );
  });

  it('answers any text with a value or a ConfigError', async () => {
    const variable = fc.constantFrom(
      'DATABASE_URL',
      'TRIBUTARY_PORT',
      'TRIBUTARY_PUBLIC_URL',
      'TRIBUTARY_TRUST_PROXY',
      'TRIBUTARY_SECRET_KEY',
      'TRIBUTARY_MAIL_FROM',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(variable, fc.oneof(fc.string(), fc.webUrl(), fc.ipV4())),
        async (settings) => {
          await loadConfig(settings).catch((error: unknown) => {
            expect(error).toBeInstanceOf(ConfigError);
          });
        },
      ),
    );
  });
});

describe('printConfig', () => {
  it('shows where values come from and never a secret', async () => {
    const key = 'b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef';
    const loaded = await loadConfig({
      DATABASE_URL: 'postgres://tributary:hunter2@db.example:5433/tributary?password=hunter3',
      REDIS_URL: 'redis://:hunter2@redis.example:6379/1',
      TRIBUTARY_SECRET_KEY: key,
    });
    const text = printConfig(loaded);
    expect(text).toContain('postgres://tributary:********@db.example:5433/tributary  (environment)');
    expect(text).toMatch(/TRIBUTARY_PORT +4600 {2}\(default\)/);
    expect(text).toMatch(/SMTP_URL +\(unset\)/);
    for (const all of [
      text,
      JSON.stringify(describeConfig(loaded)),
      JSON.stringify(loaded),
      inspect(loaded, { depth: 9 }),
    ]) {
      expect(all).not.toMatch(/hunter/);
      expect(all).not.toContain(key);
    }
  });
});
