import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listEmails } from '../../../src/app/mail/list-emails.ts';
import { listAudit } from '../../../src/app/operators/list-audit.ts';
import { listWork } from '../../../src/app/outbox/list-work.ts';
import { listWriteBacks } from '../../../src/app/passwords/list-write-backs.ts';
import { listRuns } from '../../../src/app/runs/list-runs.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { appendAudit } from '../../../src/store/operators/append-audit.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';

const COUNT = 11;
/** Three at a time have one moment, so that pages end between equals. */
const moment = (place: number): Date => new Date(Date.UTC(2026, 0, 1, Math.floor(place / 3)));

let world: World;

beforeAll(async () => {
  world = await createWorld();
  const { store, keyring } = world.context;
  const providerId = await aSilentProvider(world.context);
  const { id: profileId } = await aPerson(world.context, { providerId });
  const cause = '{"kind": "system"}';
  for (let place = 0; place < COUNT; place += 1) {
    const at = moment(place);
    const [run, email, writeBack] = [newId(), newId(), newId()];
    await store.read.query(
      `INSERT INTO runs (id, provider_id, kind, state, cause, definition_version, created_at) VALUES ($1, $2, 'full', 'done', $3, 1, $4)`,
      [run, providerId, cause, at],
    );
    await store.read.query(
      `INSERT INTO emails (id, profile_id, kind, state, cause, created_at) VALUES ($1, $2, 'registration', 'failed', $3, $4)`,
      [email, profileId, cause, at],
    );
    await store.read.query(
      `INSERT INTO write_backs (id, provider_id, profile_id, record_key, state, created_at) VALUES ($1, $2, $3, '1', 'failed', $4)`,
      [writeBack, providerId, profileId, at],
    );
    await store.read.query(
      `INSERT INTO outbox (id, kind, subject_id, state, created_at) VALUES ($1, 'email', $2, 'failed', $3)`,
      [newId(), email, at],
    );
    const entry = { actor: 'anna', action: 'test', subject: String(place), detail: {} };
    await store.transaction(async (tx) => await appendAudit(tx, keyring, entry));
  }
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Asked {
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
  readonly since?: Date;
  readonly until?: Date;
}

interface Listed {
  readonly id: string;
  readonly createdAt: Date;
}

const LISTS: readonly [string, (asked: Asked) => Promise<readonly Listed[]>][] = [
  ['runs', async (asked) => await listRuns(world.context, { ...asked, provider: 'acme-hr' })],
  ['e-mails', async (asked) => await listEmails(world.context, { ...asked, provider: 'acme-hr' })],
  ['write-backs', async (asked) => await listWriteBacks(world.context, { ...asked, provider: 'acme-hr' })],
  ['work', async (asked) => await listWork(world.context, { ...asked, state: 'failed' })],
];

async function everything(
  list: (asked: Asked) => Promise<readonly Listed[]>,
  about: Omit<Asked, 'after' | 'limit'>,
): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  for (;;) {
    const page = await list({ ...about, after: all.at(-1)?.id, limit: 2 });
    all.push(...page);
    if (page.length < 2) return all;
  }
}

describe.each(LISTS)('a list of %s', (_, list) => {
  it('tells everything once, from either end', async () => {
    const newest = await everything(list, { sort: 'newest' });
    const oldest = await everything(list, { sort: 'oldest' });
    expect(newest).toHaveLength(COUNT);
    expect(new Set(newest.map(({ id }) => id)).size).toBe(COUNT);
    expect(oldest).toEqual(newest.toReversed());
    const times = oldest.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(Array.from({ length: COUNT }, (_value, place) => moment(place).getTime()));
  });

  it('begins with a moment and ends before one', async () => {
    const [since, until] = [moment(3), moment(6)];
    const some = await everything(list, { sort: 'oldest', since, until });
    expect(some.map(({ createdAt }) => createdAt.getTime())).toEqual(
      [3, 4, 5].map((at) => moment(at).getTime()),
    );
  });
});

it('lists the audit log from either end', async () => {
  const subjects = async (sort: 'newest' | 'oldest', after?: string): Promise<readonly string[]> => {
    const entries = await listAudit(world.context, { sort, after, limit: 3 });
    return entries.map(({ subject }) => subject);
  };
  expect(await subjects('newest')).toEqual(['10', '9', '8']);
  expect(await subjects('oldest')).toEqual(['0', '1', '2']);
  expect(await subjects('oldest', '3')).toEqual(['3', '4', '5']);
  expect(await subjects('newest', '3')).toEqual(['1', '0']);
});

it('says so when there is no such provider, instead of nothing', async () => {
  const missing = { code: 'PROVIDER_NOT_FOUND' };
  const about = { provider: 'nobody', limit: 1 };
  await expect(listEmails(world.context, about)).rejects.toMatchObject(missing);
  await expect(listWriteBacks(world.context, about)).rejects.toMatchObject(missing);
});
