import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { Road } from '../support/road.ts';

let store: Road;
let remote: Road;

beforeAll(async () => {
  [store, remote] = await Promise.all([Road.open(false), Road.open(true)]);
}, 180_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await remote[Symbol.asyncDispose]();
});

interface Step {
  readonly args: readonly string[];
  readonly code?: number;
}

/** Runs a command on both roads, as text and as JSON where that changes nothing. @returns what it printed. */
async function both({ args, code = 0 }: Step): Promise<string> {
  const here = await store.printed(args);
  const there = await remote.printed(args);
  expect(there).toEqual(here);
  expect([args.join(' '), here.ended, here.stderr]).toEqual([args.join(' '), code, expect.anything()]);
  return here.stdout;
}

async function everyWay(...args: readonly string[]): Promise<void> {
  await both({ args });
  await both({ args: [...args, '--json'] });
}

describe('the same words and the same JSON', () => {
  it('of a provider: looked at, applied, changed, tested', async () => {
    await both({ args: ['provider', 'list'] });
    await both({ args: ['provider', 'test', '-f', '{file}'] });
    await both({ args: ['provider', 'discover', '-f', '{file}'] });
    await both({ args: ['provider', 'preview', '-f', '{file}', '--limit', '3'] });
    await both({ args: ['provider', 'grants', '-f', '{file}'] });
    await both({ args: ['provider', 'apply', '-f', '{file}', '--dry-run'] });
    expect(await both({ args: ['provider', 'apply', '-f', '{file}', '--json'] })).toContain('"created"');
    expect(await both({ args: ['provider', 'apply', '-f', '{file}', '--json'] })).toContain('"unchanged"');
    await both({ args: ['provider', 'apply', '-f', '{changed}'], code: 2 });
    expect(await both({ args: ['provider', 'apply', '-f', '{changed}', '--yes'] })).toContain('givenName');
    await everyWay('provider', 'show', 'acme');
    await both({ args: ['provider', 'list', '--json'] });
    await both({ args: ['provider', 'pause', 'acme'] });
    await both({ args: ['provider', 'resume', 'acme', '--json'] });
    await both({ args: ['provider', 'discover', 'acme', '--yaml'] });
    await both({ args: ['provider', 'key', 'acme'], code: 1 });
    await both({ args: ['provider', 'apply', '-f', '{push}'] });
    expect(await both({ args: ['provider', 'key', 'inbox'] })).toBe('SECRET\n');
    expect(await both({ args: ['provider', 'key', 'inbox', '--json'] })).toContain('"rotated":true');
    await both({ args: ['provider', 'show', 'nobody'], code: 1 });
  }, 120_000);

  it('of runs: waited for, looked at, held, approved, replayed', async () => {
    expect(await both({ args: ['sync', 'acme', '--wait', '--json'] })).toContain('"done"');
    await both({ args: ['run', 'list'] });
    await both({ args: ['run', 'show', '{run}', '--json'] });
    await both({ args: ['run', 'errors', '{run}'] });
    for (const { line } of [store, remote])
      await line.source.query(`UPDATE people SET mail = 'mended@example.org' WHERE id = 99`);
    expect(await both({ args: ['run', 'replay', '{run}', '--wait', '--json'] })).toContain('"created":1');
    await both({ args: ['run', 'replay', '{run}'], code: 1 });
    for (const { line } of [store, remote]) {
      await line.source.query(`UPDATE people SET first_name = 'New' WHERE id = 7`);
      await line.source.query('DELETE FROM people WHERE id BETWEEN 3 AND 30 AND id <> 7');
    }
    expect(await both({ args: ['sync', 'acme', '--dry-run'] })).toContain('givenName: Given7 → New');
    await both({ args: ['sync', 'acme', '--wait'], code: 3 });
    expect(await both({ args: ['run', 'reject', '{run}', '--json'] })).toContain('"rejected"');
    await both({ args: ['run', 'reject', '{run}'], code: 1 });
    await both({ args: ['sync', 'acme', '--wait'], code: 3 });
    await both({ args: ['sync', 'acme'], code: 3 });
    await everyWay('run', 'records', '{run}');
    await both({ args: ['run', 'approve', '{run}', '--wait', '--json'] });
    await both({ args: ['run', 'approve', '{run}'], code: 1 });
    await both({ args: ['sync', 'acme', '--record', '7'] });
    await both({ args: ['sync', 'acme', '--record', '77'], code: 1 });
    await both({ args: ['sync', 'acme', '--delta'], code: 1 });
  }, 120_000);

  it('of people, their mail and their passwords', async () => {
    await both({ args: ['profile', 'list', '--filter', 'provider=acme', 'state=active'] });
    await both({ args: ['profile', 'create', '--username', 'ada', '--email', 'ada@example.org', '--json'] });
    await both({ args: ['profile', 'set', 'ada', 'givenName=Ada'] });
    await everyWay('profile', 'show', 'ada');
    await both({ args: ['profile', 'show', 'user7', '--json'] });
    await both({ args: ['profile', 'set', 'user7', 'givenName=X', 'nickname=Y'], code: 1 });
    await both({ args: ['profile', 'resend', 'ada'], code: 1 });
    await both({ args: ['profile', 'resync', 'user7', '--json'] });
    await both({ args: ['profile', 'resync', 'ada'], code: 1 });
    await both({ args: ['profile', 'sessions', 'user7'] });
    await both({ args: ['profile', 'end-sessions', 'user7'] });
    await both({ args: ['profile', 'unlock', 'user7'] });
    await both({ args: ['profile', 'import', '{csv}'], code: 1 });
    const staff = ['profile', 'import', '{staff}'];
    await everyWay(...staff, '--look');
    await both({ args: [...staff, '--look', '--dry-run'], code: 2 });
    await both({ args: staff, code: 1 });
    const columns = ['--columns', 'username=Login', 'email=E-Mail', 'attributes.room=Room'];
    await both({ args: [...staff, ...columns, '--dry-run'], code: 1 });
    await both({ args: [...staff, '--columns', 'username=Nowhere', 'temporaryPassword=Password'], code: 1 });
    expect(await both({ args: [...staff, ...columns, '--partial'], code: 1 })).toContain(
      '1 of 2 people were',
    );
    expect(await both({ args: ['profile', 'show', 'sten', '--json'] })).toContain(
      '"attributes.room","value":"B=2"',
    );
    await both({ args: ['write-back', 'list'] });
    await both({ args: ['write-back', 'retry', '--all', '--json'] });
    await both({ args: ['write-back', 'settle', '--all', '--keep', 'provider', '--json'] });
    await both({ args: ['write-back', 'settle', 'nothing', '--keep', 'here'], code: 1 });
    await both({ args: ['write-back', 'settle', '--all', '--keep', 'here'], code: 2 });
    await both({ args: ['email', 'list', '--state', 'failed'] });
    await both({ args: ['email', 'retry', '--all'] });
    await both({ args: ['email', 'retry', 'nothing'], code: 1 });
    await both({ args: ['email', 'resend', '--filter', 'text=nobody', '--json'] });
    await both({ args: ['audit', 'list', '--action', 'provider.apply', '--json'] });
    expect(await both({ args: ['audit', 'verify'] })).toContain('The audit log is whole');
    await both({ args: ['audit', 'verify', '--anchor', '1:nonsense'], code: 2 });
    expect(await both({ args: ['audit', 'verify', '--anchor', CUT_OFF, '--json'], code: 1 })).toContain(
      '"faults":[{',
    );
  }, 120_000);

  it('of many people at once, by filter, name and id', async () => {
    await both({ args: ['profile', 'force-reset', '--filter', 'provider=acme', '--dry-run'] });
    await both({ args: ['profile', 'force-reset', '--filter', 'provider=acme', '--off', '--json'] });
    await both({ args: ['profile', 'force-reset', '--who', '{user7}', 'ada', '--json'] });
    await both({ args: ['profile', 'force-reset', '--who', '{user7}', 'nobody'], code: 1 });
    await both({ args: ['profile', 'force-reset'], code: 2 });
    await both({ args: ['profile', 'show', '{user7}'] });
    expect(await both({ args: ['profile', 'import', '{held}', '--hold', '--json'] })).toContain(
      '"created":3',
    );
    await everyWay('email', 'list', '--state', 'held');
    await both({ args: ['email', 'release', '--filter', 'invitation=held', '--limit', '2', '--dry-run'] });
    // One at once, the other in an hour: it can be held back again, however fast the server sends.
    const wave = ['email', 'release', '--who', 'hal', 'hedda', '--rate', '1/h', '--json'];
    expect(await both({ args: wave })).toContain('"done":2');
    expect(await both({ args: ['email', 'hold', '--who', 'hedda', '--json'] })).toContain('"done":1');
    await both({ args: ['email', 'hold', '--who', 'hedda', 'hugo'] });
    await both({ args: ['email', 'hold', '--filter', 'provider=acme'] });
    await both({ args: ['email', 'release', '--all', '--rate', 'often'], code: 2 });
  }, 60_000);

  it('of operators and tokens', async () => {
    expect(await both({ args: ['operator', 'create', 'grace', '--role', 'support'] })).toContain(
      'ORIGIN/console',
    );
    await both({ args: ['operator', 'create', 'grace'], code: 1 });
    await both({ args: ['operator', 'create', 'no:name'], code: 1 });
    await both({ args: ['operator', 'invite', 'grace', '--drop-second-factor', '--json'] });
    await both({ args: ['operator', 'disable', 'grace'] });
    await both({ args: ['operator', 'invite', 'grace'], code: 1 });
    await both({ args: ['operator', 'enable', 'grace', '--json'] });
    await both({ args: ['operator', 'disable', 'nobody'], code: 1 });
    await everyWay('operator', 'list');
    expect(await both({ args: ['token', 'create', 'ci', '--scope', 'runs:read', '--days', '3'] })).toBe(
      'SECRET\n',
    );
    expect(await both({ args: ['token', 'create', 'all', '--scope', 'tokens:write', '--json'] })).toContain(
      '"scopes":["tokens:write"]',
    );
    await both({ args: ['token', 'create', 'ci', '--scope', 'runs:read'], code: 1 });
    await both({ args: ['token', 'list', '--json'] });
    expect(await both({ args: ['token', 'revoke', 'ci'] })).toBe('ci is revoked\n');
    expect(await both({ args: ['token', 'revoke', '{token}', '--json'] })).toContain('"name":"all"');
    await both({ args: ['token', 'revoke', 'ci'], code: 1 });
    await both({ args: ['audit', 'list', '--action', 'token', '--limit', '6', '--json'] });
  }, 60_000);

  it('of a provider that is removed', async () => {
    await both({ args: ['provider', 'remove', 'acme'], code: 2 });
    await both({ args: ['provider', 'remove', 'acme', '--yes', '--json'] });
    await both({ args: ['provider', 'apply', '-f', '{file}', '--json'] });
    await both({ args: ['provider', 'apply', '-f', '{other}', '--prune'], code: 2 });
    expect(await both({ args: ['provider', 'apply', '-f', '{other}', '--prune', '--dry-run'] })).toContain(
      'acme would be removed',
    );
    expect(await both({ args: ['provider', 'apply', '-f', '{other}', '--prune', '--yes'] })).toContain(
      'acme removed',
    );
  }, 60_000);
});

/** An end that no log here has. */
const CUT_OFF = `999999:${'a'.repeat(43)}`;

describe('over the API', () => {
  it('a run is followed through broken connections', async () => {
    expect((await remote.run(['provider', 'apply', '-f', await remote.resolve('{file}')])).code).toBe(0);
    await using proxy = await breakingProxy(remote.server?.origin ?? '', 1);
    // Held back, so that the first stream cannot have told of its end.
    const holder = new pg.Client({ connectionString: remote.line.source.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE');
    const waiting = remote.run(['sync', 'acme', '--wait', '--server', proxy.origin, '--json']);
    await proxy.streamsBegun(2);
    await holder.end();
    const { code, stdout } = await waiting;
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ state: 'done' })]);
  }, 60_000);

  it('says which right is missing, and what only people or the machine itself may do', async () => {
    const narrow = await remote.run(['token', 'create', 'narrow', '--scope', 'runs:read']);
    const TRIBUTARY_TOKEN = narrow.stdout.trim();
    const refused = await remote.run(['provider', 'list'], { TRIBUTARY_TOKEN });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: The token lacks the scope providers:read. \(SCOPE_MISSING\)\n/);
    expect(refused.stderr).toContain('--scope providers:read');
    const json = await remote.run(['provider', 'list', '--json'], { TRIBUTARY_TOKEN });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'SCOPE_MISSING' } });
    expect((await remote.run(['operator', 'create', 'eve'], { TRIBUTARY_TOKEN })).stderr).toContain(
      '--scope operators:write',
    );
    const kept = await remote.run(['token', 'revoke', 'laptop', '--keep-operators']);
    expect(kept.stderr).toContain('(SESSION_NEEDED)');
    const more = await remote.run(['token', 'create', 'more', '--scope', 'sign-in', 'runs:read']);
    expect(more.stderr).toContain('sign-in is more than the token has that makes it');
    for (const command of ['migrate', 'doctor', 'start'])
      expect(await remote.run([command])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('(NOT_REMOTE)') as unknown,
      });
    expect((await remote.run(['config'])).stdout).not.toContain(remote.line.env['TRIBUTARY_TOKEN'] ?? '\0');
  });

  it('says why an installation cannot be asked', async () => {
    const { origin } = remote.server ?? { origin: '' };
    const codeOf = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
      /\((\w+)\)$/m.exec((await remote.run(args, env)).stderr)?.[1] ?? '';
    const list = ['provider', 'list'];
    expect(await codeOf(list, { TRIBUTARY_TOKEN: 'tributary_nonsense' })).toBe('TOKEN_REFUSED');
    expect(await codeOf(list, { TRIBUTARY_TOKEN: '' })).toBe('TOKEN_MISSING');
    expect(await codeOf([...list, '--server', 'http://accounts.example.org'])).toBe('SERVER_INVALID');
    expect(await codeOf([...list, '--server', 'http://127.0.0.1:1'])).toBe('SERVER_UNREACHABLE');
    const other = createServer((_request, response) => response.writeHead(302, { location: origin }).end());
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const elsewhere = await remote.run([...list, '--server', `http://127.0.0.1:${String(port)}`]);
    expect(elsewhere.stderr).toContain('(SERVER_ELSEWHERE)');
    expect(elsewhere.stderr).toContain(origin);
    other.closeAllConnections();
    other.close();
    const argv = await remote.run([...list, '--token', 'tributary_in_the_open', '--server', origin]);
    expect(argv.stderr).toContain('warning: every user of this machine can read a token');
  });
});
