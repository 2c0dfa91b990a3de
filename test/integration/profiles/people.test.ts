import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { createProfile } from '../../../src/app/profiles/create-profile.ts';
import { findProfile } from '../../../src/app/profiles/find-profile.ts';
import { searchProfiles } from '../../../src/app/profiles/search-profiles.ts';
import { setProfile } from '../../../src/app/profiles/set-profile.ts';
import { showProfile } from '../../../src/app/profiles/show-profile.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { AppError } from '../../../src/kernel/errors.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

const actor = 'cli:test';
let world: World;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(3)}`);
  await aProvider(world);
  const cause = { kind: 'operator', name: actor } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Over {
  readonly forceReset?: boolean;
  readonly preRegistration?: boolean;
  readonly temporaryPassword?: Secret;
}

async function create(given: Record<string, string>, over: Over = {}) {
  const nothing = { forceReset: null, preRegistration: false, temporaryPassword: null };
  return await createProfile(world.context, { given, actor, ...nothing, ...over });
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error('nothing was refused', { cause: error });
}

async function set(who: string, changes: Record<string, string>) {
  return await setProfile(world.context, { who, changes, actor });
}

function codes(error: AppError): string[] {
  return error.problems.map(({ path, code }) => `${path}: ${code}`);
}

async function countPeople(): Promise<number> {
  const rows = await world.context.store.read.query<{ count: number }[]>(
    'SELECT count(*)::int FROM profiles',
  );
  return rows[0]?.count ?? 0;
}

describe('entering somebody', () => {
  it('with a temporary password makes a profile that has to replace it', async () => {
    const temporaryPassword = new Secret('let me in once');
    const { id, emailRequested } = await create({ username: 'temp' }, { temporaryPassword });
    expect(emailRequested).toBe(false);
    const shown = await showProfile(world.context, 'temp');
    expect(shown).toMatchObject({
      id,
      forceReset: true,
      credential: { effective: 'local', format: 'argon2id' },
      link: null,
      registration: null,
      timeline: [{ kind: 'created', cause: { kind: 'operator', name: actor } }],
    });
    expect(shown.fields.every(({ owner }) => owner === 'here')).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('$argon2');
    const rows = await world.context.store.read.query<{ hash: Buffer }[]>(
      'SELECT local_hash AS hash FROM credentials WHERE profile_id = $1',
      [id],
    );
    const hash = world.context.keyring.open(rows[0]!.hash, `credentials/local_hash/${id}`);
    expect((await world.context.passwords.verify(temporaryPassword, hash)).result).toBe('match');
  });

  it('with pre-registration asks for one e-mail', async () => {
    const given = { username: 'Invited', email: 'Invited@example.org', 'attributes.dept': 'R&D' };
    expect((await create(given, { preRegistration: true })).emailRequested).toBe(true);
    const shown = await showProfile(world.context, 'invited@example.ORG');
    expect(shown).toMatchObject({
      username: 'Invited',
      preRegistration: true,
      registration: { state: 'queued' },
      emails: [{ kind: 'registration', state: 'queued' }],
    });
    expect(shown.fields).toContainEqual({ name: 'attributes.dept', value: 'R&D', owner: 'here' });
  });

  it('is refused with everything that is wrong at once, and leaves nothing behind', async () => {
    const before = await countPeople();
    const error = await refusal(
      create({ username: 'USER1', email: 'user2@example.org', locale: '!!' }, { forceReset: true }),
    );
    expect(codes(error).toSorted()).toEqual([
      'email: EMAIL_TAKEN',
      'locale: LOCALE_INVALID',
      'temporaryPassword: TEMPORARY_PASSWORD_NEEDED',
      'username: USERNAME_TAKEN',
    ]);
    expect(codes(await refusal(create({ username: 'user3@example.org' })))).toEqual([
      'username: USERNAME_TAKEN',
    ]);
    expect(await countPeople()).toBe(before);
  });

  it('lets only one of two take a name at the same moment', async () => {
    const both = await Promise.allSettled([create({ username: 'racer' }), create({ username: 'Racer' })]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = both.find((one): one is PromiseRejectedResult => one.status === 'rejected');
    expect(['NAME_TAKEN_MEANWHILE', 'PROFILE_INVALID']).toContain((lost?.reason as AppError).code);
  });
});

describe('finding people', () => {
  it('by id, username or address', async () => {
    const { id } = await findProfile(world.context, 'USER1');
    expect((await findProfile(world.context, id)).username).toBe('user1');
    expect((await findProfile(world.context, 'User1@example.org')).id).toBe(id);
    expect((await refusal(findProfile(world.context, 'nobody'))).code).toBe('PROFILE_NOT_FOUND');
  });

  it('names them all when several share an address', async () => {
    await using shared = await createWorld('', { sharedEmail: true });
    const nothing = { forceReset: null, preRegistration: false, temporaryPassword: null, actor };
    for (const username of ['one', 'two'])
      await createProfile(shared.context, { given: { username, email: 'both@example.org' }, ...nothing });
    const error = await refusal(findProfile(shared.context, 'both@example.org'));
    expect(error.code).toBe('PROFILE_AMBIGUOUS');
    expect(error.problems.map(({ message }) => message).toSorted()).toEqual(['is one', 'is two']);
  });

  it('a page at a time, by what they are like', async () => {
    const names = async (filter: object): Promise<string[]> =>
      (await searchProfiles(world.context, { limit: 2, sort: 'username', ...filter })).map(
        ({ username }) => username,
      );
    expect(await names({ provider: 'acme-hr' })).toEqual(['user1', 'user2']);
    const { id: after } = await findProfile(world.context, 'USER2');
    expect(await names({ provider: 'acme-hr', after })).toEqual(['user3']);
    expect(await names({ text: 'given3' })).toEqual(['user3']);
    expect(await names({ text: 'ven3' })).toEqual([]);
    expect(await names({ text: '%' })).toEqual([]);
    expect(await names({ preRegistration: true })).toEqual(['Invited']);
    expect(await names({ state: 'disabled' })).toEqual([]);
    expect((await refusal(names({ provider: 'none' }))).code).toBe('PROVIDER_NOT_FOUND');
  });
});

describe('changing somebody', () => {
  it('leaves the fields of a provider alone, and names it', async () => {
    const error = await refusal(
      set('user1', { givenName: 'X', 'attributes.department': 'Y', nickname: 'Z' }),
    );
    expect(codes(error).toSorted()).toEqual([
      'attributes.department: FIELD_OWNED_BY_PROVIDER',
      'givenName: FIELD_OWNED_BY_PROVIDER',
      'nickname: FIELD_UNKNOWN',
    ]);
    expect(error.problems[0]?.message).toContain('acme-hr');
  });

  it('sets flags, ends sessions, and tells the timeline who did it', async () => {
    const { id } = await findProfile(world.context, 'user1');
    await world.context.store.read.query(
      `INSERT INTO sessions (id, token_hash, profile_id, expires_at) VALUES ($1, '\\x01', $2, now() + interval '1 hour')`,
      [newId(), id],
    );
    expect((await showProfile(world.context, id)).sessions).toBe(1);
    const { changes } = await set('user1', { forceReset: 'true' });
    expect(changes).toEqual({ forceReset: { from: 'false', to: 'true' } });
    const shown = await showProfile(world.context, id);
    expect(shown).toMatchObject({
      forceReset: true,
      sessions: 0,
      link: { provider: 'acme-hr', recordKey: '1' },
    });
    expect(shown.timeline.at(-1)).toMatchObject({
      kind: 'updated',
      cause: { name: actor },
      detail: { changes },
    });
    expect((await set('user1', { forceReset: 'true' })).changes).toEqual({});
    await set('user1', { enabled: 'no' });
    expect(await showProfile(world.context, id)).toMatchObject({
      enabled: false,
      disabledReason: 'operator',
    });
    await set('user1', { enabled: 'yes' });
  });

  it('invites only who has no password and has an address', async () => {
    expect(codes(await refusal(set('temp', { preRegistration: 'true' })))).toEqual([
      'preRegistration: PASSWORD_CHOSEN',
    ]);
    await create({ username: 'plain' });
    expect(codes(await refusal(set('plain', { preRegistration: 'true' })))).toEqual([
      'preRegistration: EMAIL_NEEDED',
    ]);
    const both = { preRegistration: 'true', email: 'plain@example.org' };
    expect((await set('plain', both)).emailRequested).toBe(true);
    expect((await set('plain', both)).emailRequested).toBe(false);
  });

  it('refuses what is neither yes nor no, and a name that is taken', async () => {
    expect(codes(await refusal(set('plain', { enabled: 'maybe', username: 'user2' }))).toSorted()).toEqual([
      'enabled: BOOLEAN_UNCLEAR',
      'username: USERNAME_TAKEN',
    ]);
    expect((await set('plain', { username: 'Plain' })).changes).toEqual({
      username: { from: 'plain', to: 'Plain' },
    });
  });

  it('cannot enable who is disabled at the source', async () => {
    await world.context.store.read.query(
      `UPDATE profiles SET enabled = false, disabled_reason = 'source' WHERE username = 'user2'`,
    );
    expect(codes(await refusal(set('user2', { enabled: 'true' })))).toEqual([
      'enabled: FIELD_OWNED_BY_PROVIDER',
    ]);
  });

  it('ends links that were sent to the old address', async () => {
    const { id } = await findProfile(world.context, 'plain');
    await world.context.store.read.query(
      `INSERT INTO action_tokens (id, purpose, profile_id, token_hash, password_version, expires_at)
       VALUES ($1, 'first-password', $2, '\\x02', 0, now() + interval '1 hour')`,
      [newId(), id],
    );
    await set('plain', { email: 'moved@example.org' });
    const live = await world.context.store.read.query<unknown[]>(
      'SELECT 1 FROM action_tokens WHERE profile_id = $1 AND expires_at > now()',
      [id],
    );
    expect(live).toEqual([]);
  });
});
