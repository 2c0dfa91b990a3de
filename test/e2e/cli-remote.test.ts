import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';
import { runInProcess } from '../support/in-process.ts';
import { freePort } from '../support/processes.ts';
import { startTributary, type CommandResult, type Tributary } from '../support/tributary.ts';

/** The same customer, the same commands: once on the store, once over the API of a running server. */
class Road implements AsyncDisposable {
  readonly line: CommandLine;
  readonly server: Tributary | null;
  readonly env: NodeJS.ProcessEnv;

  private constructor(line: CommandLine, server: Tributary | null, env: NodeJS.ProcessEnv) {
    this.line = line;
    this.server = server;
    this.env = env;
  }

  static async open(elsewhere: boolean): Promise<Road> {
    const line = await CommandLine.open(`${PEOPLE} ${people(30)}
      INSERT INTO people (id, login, mail) VALUES (99, 'broken', 'no address');`);
    if (!elsewhere) return new Road(line, null, line.env);
    const server = await startTributary({
      databaseUrl: line.env['DATABASE_URL'] ?? '',
      dataDirectory: line.folder,
      port: await freePort(),
    });
    const made = await line.run('token', 'create', 'laptop', '--scope', ALL_SCOPES);
    // What is left of the environment of a laptop: where the server is, and what the files ask for.
    const { PATH, ACME_DB_PASSWORD } = line.env;
    const env = {
      PATH,
      ACME_DB_PASSWORD,
      TRIBUTARY_SERVER: server.origin,
      TRIBUTARY_TOKEN: made.stdout.trim(),
    };
    return new Road(line, server, env);
  }

  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return await this.line.runIn({ ...this.env, ...env }, args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server?.[Symbol.asyncDispose]();
    await this.line[Symbol.asyncDispose]();
  }
}

const ALL_SCOPES = [
  'providers:read,providers:write,runs:read,runs:write,profiles:read,profiles:write',
  'mail:read,mail:write,write-backs:read,write-backs:write,audit:read,operators:read',
].join();

let store: Road;
let remote: Road;

beforeAll(async () => {
  [store, remote] = await Promise.all([Road.open(false), Road.open(true)]);
}, 180_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await remote[Symbol.asyncDispose]();
});

async function definition({ line }: Road, mapping: string, name = 'acme'): Promise<string> {
  const { port, database, user } = line.source;
  return await line.write(
    `${name}.yaml`,
    `name: ${name}
connector: postgres
connection: { host: 127.0.0.1, port: ${String(port)}, database: ${database}, user: ${user},
  password: '\${ACME_DB_PASSWORD}', tls: disable }
source: { table: people, key: [id] }
mapping: { ${mapping} }
password: { column: pw_hash, onboarding: force-reset }
`,
  );
}

/** What differs between two installations and two moments. */
function masked(road: Road, text: string): string {
  const { port, database, user } = road.line.source;
  return (
    text
      .replaceAll(road.line.folder, 'FOLDER')
      .replaceAll(database, 'DATABASE')
      .replaceAll(user, 'USER')
      .replaceAll(String(port), 'PORT')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
      .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g, 'MOMENT')
      .replaceAll(/\b[0-9a-f]{64}\b|\b\d+:[\w-]{43}/g, 'DIGEST')
      .replaceAll(/cli:\w+|token:\w+/g, 'SOMEBODY')
      .replaceAll(/\b(waiting|reading|importing|applying): .*\n/g, '')
      .replaceAll(/"seq":"\d+"/g, '"seq":"NUMBER"')
      // What a worker logs, it logs where it works.
      .replaceAll(/^.*a safeguard holds a run.*\n/gm, '')
      .replaceAll(/ {2,}/g, '  ')
  );
}

interface Step {
  readonly args: readonly string[];
  readonly code?: number;
}

async function printed(road: Road, args: readonly string[]) {
  const own = await Promise.all(args.map(async (arg) => await resolve(road, arg)));
  const { stdout, stderr, code: ended } = await runInProcess(road.env, own);
  return { stdout: masked(road, stdout), stderr: masked(road, stderr), ended };
}

/** Runs a command on both roads, as text and as JSON where that changes nothing. @returns what it printed. */
async function both({ args, code = 0 }: Step): Promise<string> {
  const here = await printed(store, args);
  const there = await printed(remote, args);
  expect(there).toEqual(here);
  expect([args.join(' '), here.ended, here.stderr]).toEqual([args.join(' '), code, expect.anything()]);
  return here.stdout;
}

/** `{run}`: the latest run of this road. */
async function resolve(road: Road, arg: string): Promise<string> {
  if (arg === '{file}') return await definition(road, 'username: login, email: mail');
  if (arg === '{other}') return await definition(road, 'username: login', 'other');
  if (arg === '{changed}')
    return await definition(road, 'username: login, email: mail, givenName: first_name');
  if (arg === '{csv}') return await road.line.write('people.csv', CSV);
  if (arg !== '{run}') return arg;
  const { stdout } = await runInProcess(road.env, ['run', 'list', '--limit', '1', '--json']);
  return (JSON.parse(stdout) as { id: string }).id;
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
    await both({ args: ['provider', 'show', 'nobody'], code: 1 });
  }, 120_000);

  it('of runs: waited for, looked at, held, approved, replayed', async () => {
    expect(await both({ args: ['sync', 'acme', '--wait', '--json'] })).toContain('"done"');
    await both({ args: ['run', 'list'] });
    await both({ args: ['run', 'show', '{run}', '--json'] });
    await both({ args: ['run', 'errors', '{run}'] });
    for (const { line } of [store, remote]) {
      await line.source.query(`UPDATE people SET first_name = 'New' WHERE id = 7`);
      await line.source.query('DELETE FROM people WHERE id BETWEEN 3 AND 30 AND id <> 7');
    }
    expect(await both({ args: ['sync', 'acme', '--dry-run'] })).toContain('givenName: Given7 → New');
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
    await both({ args: ['write-back', 'list'] });
    await both({ args: ['write-back', 'retry', '--all', '--json'] });
    await both({ args: ['email', 'list', '--state', 'failed'] });
    await both({ args: ['email', 'retry', '--all'] });
    await both({ args: ['email', 'retry', 'nothing'], code: 1 });
    await both({ args: ['email', 'resend', '--filter', 'text=nobody', '--json'] });
    await both({ args: ['operator', 'list'] });
    await both({ args: ['audit', 'list', '--action', 'provider.apply', '--json'] });
  }, 120_000);

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

const CSV = 'username;email\nbob;bob@example.org\neve;nobody\n';

describe('over the API', () => {
  it('a run is followed through broken connections', async () => {
    expect((await remote.run(['provider', 'apply', '-f', await resolve(remote, '{file}')])).code).toBe(0);
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
    const narrow = await remote.line.run('token', 'create', 'narrow', '--scope', 'runs:read');
    const TRIBUTARY_TOKEN = narrow.stdout.trim();
    const refused = await remote.run(['provider', 'list'], { TRIBUTARY_TOKEN });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: The token lacks the scope providers:read. \(SCOPE_MISSING\)\n/);
    expect(refused.stderr).toContain('--scope providers:read');
    const json = await remote.run(['provider', 'list', '--json'], { TRIBUTARY_TOKEN });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'SCOPE_MISSING' } });
    expect((await remote.run(['operator', 'create', 'eve'])).stderr).toContain('(SESSION_NEEDED)');
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
