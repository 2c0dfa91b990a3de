import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { aToken, Client, openApi } from '../../support/api.ts';
import { createWorld, PEOPLE, people, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let admin: Client;
/** What connectors were opened with, one after the other. */
const passwords: (string | null)[] = [];

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(12)}`);
  server = await openApi({
    ...world.context,
    openProvider: async (definition, password) => {
      passwords.push(password?.reveal() ?? null);
      return await world.context.openProvider(definition, password);
    },
  });
  admin = Client.withToken(server, await aToken(world.context));
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

interface Draft extends Record<string, unknown> {
  readonly connection: Record<string, unknown>;
}

function draft(over: object = {}): Draft {
  const { host, port, database, user, password } = world.source;
  return {
    name: 'acme-hr',
    connector: 'postgres',
    connection: { host, port, database, user, password, tls: 'disable' },
    source: { table: 'people', key: ['id'] },
    mapping: { username: 'login', email: 'mail' },
    ...over,
  };
}

function withoutPassword(given: Draft): Draft {
  const { password: _, ...connection } = given.connection;
  return { ...given, connection };
}

interface Line {
  readonly finding?: { readonly step: string; readonly severity: string };
  readonly result?: { readonly ready: boolean; readonly findings: readonly { readonly step: string }[] };
}

async function watched(url: string, body: object): Promise<{ status: number; lines: readonly Line[] }> {
  const { status, response } = await admin.send('POST', url, {
    body,
    headers: { accept: 'application/x-ndjson' },
  });
  if (status !== 200) return { status, lines: [] };
  expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
  return {
    status,
    lines: response.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  };
}

describe('before anything is saved', () => {
  it('the road to a database is tested step by step, by what says where it is alone', async () => {
    const { name, connector, connection } = draft();
    const whereabouts = { name, connector, connection };
    const { lines } = await watched('/api/v1/drafts/test?scope=whereabouts', whereabouts);
    const told = lines.flatMap(({ finding }) => (finding === undefined ? [] : [finding.step]));
    expect(told.slice(0, 5)).toEqual(['name', 'address', 'tcp', 'tls', 'login']);
    expect(told).not.toContain('source');
    const result = lines.at(-1)?.result;
    expect(result).toMatchObject({ ready: true, warnings: [], firstRun: null });
    expect(result?.findings.map(({ step }) => step).toSorted()).toEqual(told.toSorted());

    const wrong = { ...whereabouts, connection: { ...connection, password: 'wrong' } };
    const refused = await watched('/api/v1/drafts/test?scope=whereabouts', wrong);
    expect(refused.lines.at(-1)?.result).toMatchObject({ ready: false });
    expect(refused.lines.at(-2)?.finding).toMatchObject({ severity: 'error' });
    expect((await watched('/api/v1/drafts/test', whereabouts)).status).toBe(422);
  });

  it('a whole definition is tested with each finding told once', async () => {
    const { lines } = await watched('/api/v1/drafts/test', draft());
    expect(lines.at(-1)?.result).toMatchObject({ ready: true, firstRun: { records: 12 } });
    expect(
      lines
        .slice(0, -1)
        .map(({ finding }) => JSON.stringify(finding))
        .toSorted(),
    ).toEqual(
      lines
        .at(-1)
        ?.result?.findings.map((finding) => JSON.stringify(finding))
        .toSorted(),
    );
  });

  it('it is said what there is to choose from', async () => {
    const templates = (await admin.get('/api/v1/templates')).body as {
      items: { name: string; connectors: { connector: string; definition: { source: object } }[] }[];
    };
    const django = templates.items.find(({ name }) => name === 'django');
    expect(django?.connectors[0]).toMatchObject({
      connector: 'postgres',
      definition: { source: { table: 'auth_user' } },
    });
    const formats = (await admin.get('/api/v1/password-formats')).body as { items: { name: string }[] };
    expect(formats.items.map(({ name }) => name)).toContain('bcrypt');
    const found = (await admin.post('/api/v1/drafts/discover', draft())).body;
    expect(found).toMatchObject({
      applications: [],
      others: [],
      query: null,
      proposal: { table: 'public.people' },
    });
    const { name, connector, connection } = draft();
    const asking = { name, connector, connection, source: { query: 'SELECT id, login, mail FROM people' } };
    const described = (await admin.post('/api/v1/drafts/describe-query', asking)).body;
    expect(described).toMatchObject({ columns: [{ name: 'id', type: 'bigint' }, { name: 'login' }, {}] });
    expect((await admin.post('/api/v1/drafts/describe-query', draft())).body).toMatchObject({
      problems: [{ path: 'source.query', code: 'QUERY_MISSING' }],
    });
  });

  it('a schedule is said in moments, in its own time zone', async () => {
    const asked = async (cron: string, zone: string): Promise<unknown> =>
      (await admin.get(`/api/v1/schedules/next?cron=${encodeURIComponent(cron)}&timeZone=${zone}`)).body;
    const { items } = (await asked('0 3 * * *', 'Asia/Tokyo')) as { items: string[] };
    expect(items).toHaveLength(5);
    expect(items.every((time) => time.endsWith('T18:00:00.000Z'))).toBe(true);
    expect(await asked('0 0 30 2 *', 'UTC')).toMatchObject({ problems: [{ code: 'CRON_INVALID' }] });
    expect(await asked('every night', 'UTC')).toMatchObject({ problems: [{ code: 'CRON_INVALID' }] });
    expect(await asked('0 3 * * *', 'Mars')).toMatchObject({ problems: [{ code: 'TIME_ZONE_UNKNOWN' }] });
  });
});

describe('a provider that is registered paused', () => {
  it('begins so, and is not stopped again by a later change', async () => {
    const url = '/api/v1/providers/acme-hr?paused=true';
    const headers = { 'if-none-match': '*' };
    expect((await admin.send('PUT', url, { body: draft(), headers })).status).toBe(201);
    const shown = (await admin.get('/api/v1/providers/acme-hr')).body;
    expect(shown).toMatchObject({ pausedAt: expect.any(String) as unknown, follower: null, events: [] });
    await admin.post('/api/v1/providers/acme-hr/resume');
    const changed = draft({ match: 'email' });
    await admin.send('PUT', url, { body: changed, headers: { 'if-match': '"1"' } });
    expect((await admin.get('/api/v1/providers/acme-hr')).body).toMatchObject({ pausedAt: null, version: 2 });
  });

  it('is shown what a change would change, unless somebody else was faster', async () => {
    const plan = async (body: object, version: string): Promise<unknown> =>
      (await admin.send('POST', '/api/v1/drafts/plan', { body, headers: { 'if-match': version } })).body;
    const changed = withoutPassword(draft({ mapping: { username: 'mail', email: 'mail' } }));
    expect(await plan(changed, '"2"')).toMatchObject({
      outcome: 'updated',
      changes: {
        'mapping.username.column': { from: 'login', to: 'mail' },
        match: { from: 'email', to: 'none' },
      },
    });
    expect(await plan(changed, '"1"')).toMatchObject({ status: 412, code: 'DEFINITION_CHANGED' });
    expect((await admin.get('/api/v1/providers/acme-hr')).body).toMatchObject({ version: 2 });
  });

  it('is looked at anew with the stored password, which goes nowhere else', async () => {
    const changed = withoutPassword(draft({ mapping: { username: 'mail' } }));
    const preview = (await admin.post('/api/v1/drafts/preview?limit=1', changed)).body;
    expect(preview).toMatchObject({ items: [{ fields: { username: 'user1@example.org' } }] });
    const moved = { ...changed, connection: { ...changed.connection, port: 1 } };
    expect(passwords.at(-1)).toBe(world.source.password);
    expect((await admin.post('/api/v1/drafts/preview', moved)).status).toBe(502);
    expect(passwords.at(-1)).toBeNull();
  });
});

describe('the key of a provider that pushes', () => {
  it('is made for those whose records come that way, and is shown once', async () => {
    const polled = { ...draft(), name: 'polled' };
    const headers = { 'if-none-match': '*' };
    await admin.send('PUT', '/api/v1/providers/polled', { body: polled, headers });
    const refused = await admin.post('/api/v1/providers/polled/key');
    expect(refused.body).toMatchObject({ status: 409, code: 'PUSH_NOT_CONFIGURED' });
    const pushed = {
      name: 'pushed',
      connector: 'push',
      source: { key: ['id'] },
      mapping: { username: 'login' },
    };
    await admin.send('PUT', '/api/v1/providers/pushed', { body: pushed, headers });
    const first = await admin.post('/api/v1/providers/pushed/key');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      key: expect.stringMatching(/^whsec_/) as unknown,
      rotated: false,
      url: 'http://localhost:4600/hooks/providers/pushed',
    });
    expect((await admin.get('/api/v1/providers/pushed')).response.body).not.toContain('whsec_');
    expect((await admin.post('/api/v1/providers/pushed/key')).body).toMatchObject({ rotated: true });
  });
});
