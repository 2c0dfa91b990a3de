import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Secret } from '../../connectors/contract/secret.ts';
import { createPasswordHasher } from '../../src/passwords/create-hasher.ts';
import { findEmbeddedDatabase } from '../../src/store/embedded/find.ts';
import { freePort, run, type Running } from '../support/processes.ts';
import { runCommand, type CommandResult, type Mail } from '../support/tributary.ts';
import { Visitor } from '../support/visitor.ts';
import { waitFor } from '../support/wait-for.ts';

const CHOSEN = 'nine brass kettles hum at noon';
const FIRST = 'seven silent rivers meet at dawn';
const READY = /Ctrl-C stops/;

let folder: string;
let port: number;
let origin: string;
let demo: Running;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-demo-'));
  port = await freePort();
  origin = `http://localhost:${String(port)}`;
  demo = start();
  await demo.waitFor(READY);
});

afterAll(async () => {
  if ((await demo.stop('SIGTERM')) !== 0) await demo.stop('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, ...rest } = process.env;
  return {
    ...rest,
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    TRIBUTARY_DATA_DIR: folder,
    TRIBUTARY_PORT: String(port),
    ...more,
  };
}

function start(): Running {
  return run(process.execPath, [path.resolve('bin/tributary'), 'demo'], { env: environment() });
}

async function command(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return await runCommand(args, environment(more));
}

/** Temporary password of somebody, as the demo told it. */
function toldPassword(login: string): string {
  const line = demo.lines.find((candidate) => candidate.trim().startsWith(login)) ?? '';
  return line.trim().split(/\s+/)[1] ?? '';
}

/** What the customer's own table says about somebody. */
async function customersRow(login: string): Promise<Readonly<Record<string, unknown>>> {
  const url = await findEmbeddedDatabase(path.join(folder, 'postgres'), 'acme_hr');
  const client = new pg.Client({ connectionString: url?.reveal() });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>('SELECT * FROM hr.people WHERE login = $1', [
      login,
    ]);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}

/** The row once the write-back has arrived: the page promises "will be updated", not when. */
async function rowWithPassword(login: string, password: string): Promise<Readonly<Record<string, unknown>>> {
  await using hasher = createPasswordHasher();
  return await waitFor(async () => {
    const row = await customersRow(login);
    const hash = new Secret(String(row['pw_hash']));
    const { result } = await hasher.verify(new Secret(password), hash, 'auto');
    return result === 'match' && row;
  });
}

async function mails(): Promise<readonly Mail[]> {
  return (await (await fetch(`${origin}/mailbox.json`)).json()) as Mail[];
}

async function registrationMails(): Promise<readonly Mail[]> {
  return (await mails()).filter(({ text }) => text.includes('/password/first'));
}

async function signIn(username: string, password: string): Promise<Visitor> {
  const visitor = new Visitor(origin);
  await visitor.open('/sign-in');
  await visitor.submit('/sign-in', { username, password });
  return visitor;
}

describe('a person', () => {
  it('with force reset chooses a password of their own, and the customer’s row holds it', async () => {
    const temporary = toldPassword('ingrid.aberg');
    const visitor = await signIn('ingrid.aberg', temporary);
    expect(visitor.page.path).toBe('/password/change');
    expect((await visitor.open('/account')).path).toBe('/sign-in');
    await visitor.open('/password/change');
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    expect((await signIn('ingrid.aberg', temporary)).page.path).toBe('/sign-in');
    expect((await signIn('ingrid.aberg', CHOSEN)).page.path).toBe('/account');
    expect(await rowWithPassword('ingrid.aberg', CHOSEN)).toMatchObject({
      must_change: false,
      pw_changed_at: expect.any(Date),
    });
  });

  it('who is pre-registered sets the first password from the e-mail', async () => {
    const mail = await waitFor(
      async () => (await mails()).find(({ to }) => to.includes('misaki.onodera@')) ?? null,
    );
    const link = /https?:\/\/\S+\/password\/first\S+/.exec(mail.text)?.[0] ?? '';
    const visitor = new Visitor(origin);
    await visitor.open(link);
    await visitor.submit('/password/first', { password: FIRST, passwordAgain: FIRST });
    expect((await signIn('misaki.onodera', FIRST)).page.path).toBe('/account');
    expect(await rowWithPassword('misaki.onodera', FIRST)).toMatchObject({ invited: true });
  });

  it('signs in with the password of the customer, or not when disabled there', async () => {
    expect((await signIn('tomas.figueirao', toldPassword('tomas.figueirao'))).page.path).toBe('/account');
    expect((await signIn('olena.hrynevych', toldPassword('olena.hrynevych'))).page.path).toBe('/sign-in');
  });
});

describe('beside a running demo', () => {
  it('a command works on the same store and leaves it running', async () => {
    const shown = await command(['provider', 'list', '--json']);
    expect(shown.stderr).toBe('');
    expect(shown.code).toBe(0);
    expect(JSON.stringify(JSON.parse(shown.stdout))).toContain('acme-hr');
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  });

  it.each([
    [
      'the same data directory',
      async () => ({ TRIBUTARY_PORT: String(await freePort()) }),
      'is in use by another Tributary',
    ],
    [
      'the same port',
      async () => ({ TRIBUTARY_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'tributary-two-')) }),
      'is taken',
    ],
    [
      'somebody’s own database',
      () => ({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/mine' }),
      'DATABASE_URL is set',
    ],
  ])('a second demo on %s says what to do, and leaves nothing behind', async (_, more, message) => {
    const settings: Record<string, string> = await more();
    const second = await command(['demo'], settings);
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain(message);
    expect(second.stderr).not.toMatch(/hunter2|\n {4}at /);
    const other = settings['TRIBUTARY_DATA_DIR'];
    if (other !== undefined) {
      expect(await readdir(other)).toEqual([]);
      await rm(other, { recursive: true });
    }
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  });
});

it('stops clean on SIGTERM, and goes on after that and after kill -9', async () => {
  const before = await registrationMails();
  const key = await findEmbeddedDatabase(path.join(folder, 'postgres'), 'acme_hr');
  expect(before.length).toBeGreaterThan(15);
  expect(await demo.stop('SIGTERM')).toBe(0);
  expect(await findEmbeddedDatabase(path.join(folder, 'postgres'), 'acme_hr')).toBeNull();

  demo = start();
  await demo.waitFor(READY);
  expect((await findEmbeddedDatabase(path.join(folder, 'postgres'), 'acme_hr'))?.reveal()).toBe(
    key?.reveal(),
  );
  expect(await demo.stop('SIGKILL')).toBeNull();

  demo = start();
  await demo.waitFor(READY);
  expect((await signIn('ingrid.aberg', CHOSEN)).page.path).toBe('/account');
  expect((await registrationMails()).length).toBe(before.length);
  const runs = await command(['run', 'list', '--provider', 'acme-hr', '--json']);
  // The provider's own schedule may have come due meanwhile: a run for that is no second first run.
  const causes = runs.stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { cause: { kind: string } }).cause.kind);
  expect(causes.filter((kind) => kind === 'operator')).toHaveLength(1);
});

it('a demo that is killed during its first run is finished by the next', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'tributary-killed-'));
  const env = environment({ TRIBUTARY_DATA_DIR: other, TRIBUTARY_PORT: String(await freePort()) });
  const killed = run(process.execPath, [path.resolve('bin/tributary'), 'demo'], { env });
  await waitFor(async () => (await readdir(other)).includes('acme-hr.yaml'));
  await killed.stop('SIGKILL');
  const next = run(process.execPath, [path.resolve('bin/tributary'), 'demo'], { env });
  await next.waitFor(READY);
  expect(await next.stop('SIGINT')).toBe(0);
  await rm(other, { recursive: true });
});
