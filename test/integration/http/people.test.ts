import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { anOperator, aToken, Client, openApi, signedIn } from '../../support/api.ts';
import { createWorld, PEOPLE, people, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let admin: Client;
let support: Client;
let viewer: Client;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(30)}`);
  server = await openApi(world.context);
  admin = Client.withToken(server, await aToken(world.context));
  await anOperator(world.context, 'sam', 'support');
  await anOperator(world.context, 'vera', 'viewer');
  support = await signedIn(server, 'sam');
  viewer = await signedIn(server, 'vera');
  const sent = { body: definition(), headers: { 'if-none-match': '*' } };
  await admin.send('PUT', '/api/v1/providers/acme-hr', sent);
  await runNow({ provider: 'acme-hr' });
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

function definition(over: object = {}): Record<string, unknown> {
  const { host, port, database, user, password } = world.source;
  return {
    name: 'acme-hr',
    connector: 'postgres',
    connection: { host, port, database, user, password, tls: 'disable' },
    source: { table: 'people', key: ['id'] },
    mapping: { username: 'login', email: 'mail', givenName: 'first_name', familyName: 'last_name' },
    ...over,
  };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

async function runNow(body: object): Promise<string> {
  const asked = await admin.post('/api/v1/runs', body);
  expect(asked.status).toBe(202);
  const { runId } = asked.body as { runId: string };
  expect(asked.response.headers.location).toBe(`/api/v1/runs/${runId}`);
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return runId;
}

describe('people', () => {
  it('are found by the beginnings of words, addresses and keys, whatever the case and accents', async () => {
    await admin.post('/api/v1/profiles', {
      fields: { username: 'asa.oberg', email: 'asa@acme.test', displayName: 'Åsa Öberg' },
    });
    const names = async (query: string): Promise<readonly string[]> =>
      ((await admin.get(`/api/v1/profiles?${query}`)).body as Page<{ username: string }>).items.map(
        ({ username }) => username,
      );
    for (const query of ['text=åsa', 'text=OBE', 'text=asa%20ober', 'text=asa@ac', 'text=asa.ob'])
      expect([query, await names(query)]).toEqual([query, ['asa.oberg']]);
    expect(await names('text=family2&limit=200')).toHaveLength(11);
    expect(await names('recordKey=7&provider=acme-hr')).toEqual(['user7']);
    expect(await names('text=user1@example.org')).toEqual(['user1']);
    expect(await names('text=%27%20%7C%20%26%20!%20%3A*')).toEqual([]);
    expect(await names('sort=newest&limit=1')).toEqual(['asa.oberg']);
  });

  it('come in pages without a gap or a repetition', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = (await admin.get(`/api/v1/profiles?limit=7${cursor}`)).body as Page<{
        username: string;
      }>;
      seen.push(...items.map(({ username }) => username));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen).toHaveLength(31);
    expect(new Set(seen).size).toBe(31);
    for (const query of [
      'limit=0',
      'limit=-1',
      'limit=1e9',
      'limit=abc',
      'cursor=x',
      'sort=password',
      'state=x',
      'x=1',
    ])
      expect([query, (await admin.get(`/api/v1/profiles?${query}`)).status]).toEqual([query, 422]);
  });

  it('have masked addresses for support until it opens one, which is logged', async () => {
    const listed = await support.get('/api/v1/profiles?text=user5');
    expect(listed.response.body).not.toContain('user5@example.org');
    expect(listed.response.body).toContain('u•••@example.org');
    expect((await support.get('/api/v1/profiles/user5')).response.body).toContain('user5@example.org');
    // Looking again a moment later is the same look.
    expect((await support.get('/api/v1/profiles/user5')).status).toBe(200);
    expect((await viewer.get('/api/v1/profiles/user5')).response.body).not.toContain('user5@example.org');
    const { items } = (await admin.get('/api/v1/audit?action=profile.open')).body as Page<{ actor: string }>;
    expect(items.map(({ actor }) => actor)).toEqual(['sam']);
    for (const path of ['timeline', 'sessions'])
      expect((await support.get(`/api/v1/profiles/user5/${path}`)).response.body).not.toContain(
        'user5@example.org',
      );
    expect((await support.get('/api/v1/exports/profiles?format=ndjson')).response.body).not.toMatch(
      /user\d@/,
    );
  });

  it('have no password that anybody can read or choose', async () => {
    const chosen = await admin.send('PATCH', '/api/v1/profiles/asa.oberg', {
      body: { changes: { password: 'x' } },
    });
    expect(chosen.status).toBe(422);
    const more = await admin.post('/api/v1/profiles', {
      fields: { username: 'x' },
      temporaryPassword: 'abcdefghij',
    });
    expect(more.body).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
    expect((await admin.get('/api/v1/profiles/user5')).response.body).not.toMatch(/hash-5|\$argon2/);
  });

  it('are resynced in five steps, flagged, unlocked', async () => {
    const { body } = await support.post('/api/v1/profiles/user6/resync');
    expect((body as { steps: { name: string }[] }).steps.map(({ name }) => name)).toEqual([
      'connected',
      'found',
      'mapped',
      'matched',
      'done',
    ]);
    const set = await support.send('PATCH', '/api/v1/profiles/user6', {
      body: { changes: { forceReset: true } },
    });
    expect(set.body).toMatchObject({ changes: { forceReset: { from: 'false', to: 'true' } } });
    expect((await support.post('/api/v1/profiles/user6/unlock')).body).toEqual({
      failures: 0,
      blockedUntil: null,
    });
    const lines = (await support.get('/api/v1/profiles/user6/timeline?limit=1')).body as Page<{
      kind: string;
    }>;
    expect(lines.items).toMatchObject([{ kind: 'unlocked' }]);
    expect(lines.next).not.toBeNull();
    const about = async (topic: string): Promise<readonly string[]> =>
      (
        (await support.get(`/api/v1/profiles/user6/timeline?topic=${topic}`)).body as Page<{ kind: string }>
      ).items.map(({ kind }) => kind);
    expect(await about('profile')).toEqual(['updated', 'created']);
    expect(await about('access')).toEqual(['unlocked']);
    expect(await about('mail')).toEqual([]);
    expect((await support.get('/api/v1/profiles/user6')).body).toMatchObject({
      lock: { failures: 0, blockedUntil: null },
    });
  });
});

describe('files', () => {
  const csv =
    'username,email,preRegistration\nfia,fia@acme.test,true\n"=1+1",x@acme.test,\nfia,other@acme.test,\n';
  const send = async (url: string, headers = {}): ReturnType<Client['send']> =>
    await admin.send('POST', url, { body: csv, headers: { 'content-type': 'text/csv', ...headers } });

  it('are looked through before anybody is entered', async () => {
    const { body } = await send('/api/v1/imports/preview');
    expect(body).toMatchObject({ rows: 3, good: 2, refused: 1, problems: [{ code: 'REPEATED_IN_FILE' }] });
    expect((await send('/api/v1/imports')).body).toMatchObject({ status: 422, code: 'IMPORT_REFUSED' });
    expect((await send('/api/v1/imports?partial=true')).body).toMatchObject({ created: 2, emails: 1 });
  });

  it('that come out are safe to open in a spreadsheet, and whole', async () => {
    const { response } = await admin.get('/api/v1/exports/profiles');
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    const rows = response.body.trimEnd().split('\r\n');
    expect(rows).toHaveLength(34);
    expect(rows.some((row) => row.includes(",'=1+1,"))).toBe(true);
    const lines = (await admin.get('/api/v1/exports/audit?format=ndjson')).response.body
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty('seq');
  });
});
