import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importProfiles } from '../../../src/app/profiles/import-profiles.ts';
import { showProfile } from '../../../src/app/profiles/show-profile.ts';
import { AppError } from '../../../src/kernel/errors.ts';
import { createWorld, type World } from '../../support/context.ts';

const actor = 'cli:test';
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function load(text: string, partial = false) {
  return await importProfiles(world.context, { stream: Readable.from([Buffer.from(text)]), partial, actor });
}

async function refusal(text: string): Promise<AppError> {
  const error: unknown = await load(text).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error;
  throw new Error('nothing was refused', { cause: error });
}

async function count(table: string): Promise<number> {
  const rows = await world.context.store.read.query<{ count: number }[]>(
    `SELECT count(*)::int FROM ${table}`,
  );
  return rows[0]?.count ?? 0;
}

const BAD = [
  'username,email,preRegistration,temporaryPassword',
  'good,good@example.org,yes,',
  'bad,nobody,,',
  'GOOD,other@example.org,,',
  'short',
  'fine,fine@example.org,,let me in once',
].join('\n');

describe('importing people', () => {
  it('enters nobody when a row is bad, and says all that is wrong', async () => {
    const error = await refusal(BAD);
    expect(error.code).toBe('IMPORT_REFUSED');
    expect(error.message).toContain('3 of 5');
    expect(error.problems.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 3, column email: EMAIL_INVALID',
      'line 4, column username: REPEATED_IN_FILE',
      'line 5: COLUMN_COUNT',
    ]);
    for (const table of ['profiles', 'emails', 'outbox', 'audit_entries']) expect(await count(table)).toBe(0);
  });

  it('enters the good rows when asked to', async () => {
    expect(await load(BAD, true)).toMatchObject({ rows: 5, created: 2, refused: 3, emails: 1 });
    expect(await showProfile(world.context, 'good')).toMatchObject({
      preRegistration: true,
      registration: { state: 'queued' },
      timeline: [{ kind: 'created', cause: { kind: 'operator', name: actor } }],
    });
    expect(await showProfile(world.context, 'fine')).toMatchObject({
      forceReset: true,
      credential: { effective: 'local' },
    });
    expect(await count('audit_entries')).toBe(1);
  });

  it('does nothing the second time', async () => {
    const before = await count('profiles');
    const error = await refusal('username;email\nGood;good@example.org\n');
    expect(error.problems.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 2, column username: USERNAME_TAKEN',
      'line 2, column email: EMAIL_TAKEN',
    ]);
    expect(await count('profiles')).toBe(before);
  });

  it('refuses passwords that people chose', async () => {
    expect((await refusal('username,password\nada,secret\n')).problems).toMatchObject([
      { code: 'PASSWORD_COLUMN_REFUSED' },
    ]);
  });

  it('takes ten thousand people in a few seconds', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => `p${n},p${n}@example.org,Given ${n},yes`);
    const report = await load(['username,email,givenName,preRegistration', ...rows].join('\r\n'));
    expect(report).toEqual({ rows: 10_000, created: 10_000, refused: 0, emails: 10_000, problems: [] });
    expect(await count('outbox')).toBe(10_001);
  });
});
