import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  WEAK_FORMAT_WORDS,
  type ProviderDefinition,
  type ServerConnection,
} from '../../../connectors/contract/definition.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { applyProvider, applyProviders } from '../../../src/app/providers/apply-provider.ts';
import { listProviders } from '../../../src/app/providers/list-providers.ts';
import { passwordBinding } from '../../../src/app/providers/open-connector.ts';
import { pauseProvider, resumeProvider } from '../../../src/app/providers/pause-provider.ts';
import { removeProvider } from '../../../src/app/providers/remove-provider.ts';
import { showProvider } from '../../../src/app/providers/show-provider.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aDefinition } from '../../support/builders.ts';
import { createWorld, PEOPLE, people, type World } from '../../support/context.ts';

const actor = 'cli:test';
let world: World;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(3)}`);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

function definition(over: Partial<ProviderDefinition> = {}): ProviderDefinition {
  const { host, port, database, user } = world.source;
  return aDefinition({ connection: { host, port, database, user, tls: 'disable' }, ...over });
}

async function storedPassword(name: string): Promise<string | undefined> {
  const rows = await world.context.store.read.query<{ id: string; password: Buffer }[]>(
    'SELECT id, password FROM providers WHERE name = $1',
    [name],
  );
  const [row] = rows;
  return row && world.context.keyring.open(row.password, passwordBinding(row.id)).reveal();
}

async function auditActions(subject: string): Promise<string[]> {
  const rows = await world.context.store.read.query<{ action: string }[]>(
    'SELECT action FROM audit_entries WHERE subject = $1 ORDER BY seq',
    [subject],
  );
  return rows.map(({ action }) => action);
}

describe('applying a definition', () => {
  it('creates, then changes nothing, then updates what differs, each time audited once', async () => {
    const request = { definition: definition(), password: new Secret('one'), actor };
    const created = await applyProvider(world.context, request);
    expect(created).toMatchObject({ outcome: 'created', warnings: [{ code: 'NO_FULL_RUN_SCHEDULED' }] });
    expect(JSON.stringify(created)).not.toContain('"one"');
    expect(await storedPassword('acme-hr')).toBe('one');

    expect((await applyProvider(world.context, request)).outcome).toBe('unchanged');
    expect((await applyProvider(world.context, { ...request, password: null })).outcome).toBe('unchanged');

    const changed = definition({ changes: { mode: 'none', full: '0 3 * * *' }, match: 'email' });
    const updated = await applyProvider(world.context, {
      definition: changed,
      password: new Secret('two'),
      actor,
    });
    expect(updated).toMatchObject({
      outcome: 'updated',
      changes: {
        'changes.full': { from: null, to: '0 3 * * *' },
        match: { from: 'none', to: 'email' },
        'connection.password': { from: null, to: 'changed' },
      },
      warnings: [],
    });
    expect(await storedPassword('acme-hr')).toBe('two');
    expect((await showProvider(world.context, 'acme-hr')).version).toBe(2);
    expect(await auditActions('acme-hr')).toEqual(['provider.apply', 'provider.apply']);
  });

  it('wants the password again when it would travel elsewhere', async () => {
    const base = definition({ name: 'moved' });
    await applyProvider(world.context, { definition: base, password: new Secret('secret'), actor });
    const moved = {
      ...base,
      connection: {
        ...(base.connection as ServerConnection),
        host: 'evil.example',
        tls: 'verify-full' as const,
      },
    };
    await expect(
      applyProvider(world.context, { definition: moved, password: null, actor }),
    ).rejects.toMatchObject({
      code: 'PASSWORD_REQUIRED_AGAIN',
    });
    expect((await showProvider(world.context, 'moved')).definition.connection).toEqual(base.connection);
    const again = await applyProvider(world.context, {
      definition: moved,
      password: new Secret('secret'),
      actor,
    });
    expect(again.outcome).toBe('updated');
    const renamedUser = { ...moved, connection: { ...moved.connection, user: 'other' } };
    expect(
      (await applyProvider(world.context, { definition: renamedUser, password: null, actor })).outcome,
    ).toBe('updated');
    expect(await storedPassword('moved')).toBe('secret');
  });

  it('warns of another provider with the same records, not of one with others of the table', async () => {
    const named = (name: string, where?: string) => ({
      definition: definition({
        name,
        source: { table: 'twins', key: ['id'], ...(where !== undefined && { where }) },
      }),
      password: new Secret('x'),
      actor,
    });
    const codes = async (request: ReturnType<typeof named>) =>
      (await applyProvider(world.context, request)).warnings
        .filter(({ code }) => code === 'SOURCE_SHARED')
        .map(({ message }) => message);
    expect(await codes(named('twin-a'))).toEqual([]);
    expect(await codes(named('twin-a'))).toEqual([]);
    expect(await codes(named('twin-b'))).toEqual([expect.stringContaining('twin-a')]);
    expect(await codes(named('twin-c', "dept = 'x'"))).toEqual([]);
  });

  it('takes several or none', async () => {
    const good = { definition: definition({ name: 'several-good' }), password: null };
    const bad = {
      definition: definition({
        name: 'several-bad',
        password: {
          column: 'pw_hash',
          format: 'rot13',
          onboarding: 'none',
          writeBack: { enabled: true, format: 'md5', set: {}, conflict: 'newest' },
        },
      }),
      password: null,
    };
    const refused = applyProviders(world.context, { requests: [good, bad], actor });
    await expect(refused).rejects.toMatchObject({
      code: 'DEFINITION_INVALID',
      problems: [{ path: 'password.format' }, { path: 'password.writeBack.format' }],
    });
    const names = (await listProviders(world.context)).map(({ name }) => name);
    expect(names).not.toContain('several-good');
  });
});

describe('a password format', () => {
  const withFormat = (name: string, password: object): ProviderDefinition =>
    definition({
      name,
      password: {
        column: 'pw_hash',
        format: 'auto',
        onboarding: 'none',
        writeBack: { enabled: true, set: {}, conflict: 'newest' },
        ...password,
      },
    });
  const apply = async (name: string, password: object) =>
    await applyProvider(world.context, { definition: withFormat(name, password), password: null, actor });
  const writeBack = { enabled: true, set: {}, conflict: 'newest' };

  it.each([
    ['named for writing', { writeBack: { ...writeBack, format: 'md5-hex' } }],
    ['named for reading, and nothing for writing', { format: 'plain' }],
  ])('that is weak is refused where it is %s, unless accepted word for word', async (_, password) => {
    await expect(apply('weak', password)).rejects.toMatchObject({
      code: 'DEFINITION_INVALID',
      problems: [{ path: 'password.writeBack.format', code: 'FORMAT_WEAK' }],
    });
    const accepted = { ...writeBack, ...('writeBack' in password && password.writeBack) };
    const rules = { ...password, writeBack: { ...accepted, weakFormatAccepted: WEAK_FORMAT_WORDS } };
    expect(['created', 'updated']).toContain((await apply('weak', rules)).outcome);
  });

  it('that is weak may be read where nothing or something else is written', async () => {
    const quiet = { format: 'plain', writeBack: { ...writeBack, enabled: false } };
    expect((await apply('read-only', quiet)).outcome).toBe('created');
    const strong = { format: 'plain', writeBack: { ...writeBack, format: 'bcrypt' } };
    expect((await apply('strong', strong)).outcome).toBe('created');
  });

  it('whose pepper this process lacks is refused', async () => {
    const format = { name: 'bcrypt', pepper: { environment: 'TRIBUTARY_PEPPER_NOBODY' } };
    await expect(apply('peppered', { format })).rejects.toMatchObject({
      problems: [{ path: 'password.format', code: 'PEPPER_MISSING' }],
    });
  });
});

describe('looking after a provider', () => {
  it('pauses and resumes, saying whether that changed anything', async () => {
    await applyProvider(world.context, { definition: definition({ name: 'paused' }), password: null, actor });
    expect(await pauseProvider(world.context, { name: 'paused', actor })).toBe(true);
    expect(await pauseProvider(world.context, { name: 'paused', actor })).toBe(false);
    expect((await showProvider(world.context, 'paused')).pausedAt).not.toBeNull();
    expect(await resumeProvider(world.context, { name: 'paused', actor })).toBe(true);
    expect(await auditActions('paused')).toEqual(['provider.apply', 'provider.pause', 'provider.resume']);
    await expect(pauseProvider(world.context, { name: 'none', actor })).rejects.toMatchObject({
      code: 'PROVIDER_NOT_FOUND',
    });
  });

  it.each([
    ['keep', true],
    ['disable', false],
  ] as const)('is removed, and its people are kept (%s)', async (fate, enabled) => {
    const name = `removed-${fate}`;
    const prefix = { column: 'login', transform: fate === 'keep' ? ['upper' as const] : [] };
    const attributes = { username: prefix, attributes: {} };
    const password = new Secret(world.source.password);
    const own = definition({ name, mapping: attributes });
    await applyProvider(world.context, { definition: own, password, actor });
    const cause = { kind: 'operator', name: actor } as const;
    const { runId } = await requestRun(world.context, { provider: name, kind: 'full', cause });
    const worker = { owner: newId(), signal: new AbortController().signal };
    expect(await carryOutRun(world.context, runId, worker)).toEqual({ state: 'done' });
    expect((await showProvider(world.context, name)).profiles).toEqual({ linked: 3, enabled: 3, gone: 0 });

    expect(await removeProvider(world.context, { name, people: fate, actor })).toMatchObject({
      profiles: 3,
      left: { traces: [], failure: null },
    });
    const { read } = world.context.store;
    const left = await read.query<{ enabled: boolean; providerId: null; lines: string[] }[]>(
      `SELECT enabled, provider_id AS "providerId",
         (SELECT array_agg(kind ORDER BY id) FROM profile_events WHERE profile_id = profiles.id) AS lines
       FROM profiles WHERE username = ANY ($1)`,
      [fate === 'keep' ? ['USER1', 'USER2', 'USER3'] : ['user1', 'user2', 'user3']],
    );
    expect(left).toEqual(
      Array(3).fill({ enabled, providerId: null, lines: ['created', 'provider-removed'] }),
    );
    expect(await read.query('SELECT 1 FROM links')).toEqual([]);
    expect(await read.query('SELECT 1 FROM runs')).toEqual([]);
    // Names are unique: make room for the other half of this test.
    await read.query('DELETE FROM profiles');
  });
});
