import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeToken } from '../../../src/app/passwords/make-token.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { beginAttempt } from '../../../src/store/mail/begin-attempt.ts';
import { endAttempt } from '../../../src/store/mail/end-attempt.ts';
import { findRegistrable } from '../../../src/store/mail/find-registrable.ts';
import { holdEmails } from '../../../src/store/mail/hold-emails.ts';
import { releaseEmails } from '../../../src/store/mail/release-emails.ts';
import { requestInvitations } from '../../../src/store/mail/request-invitations.ts';
import { KeptCounts1764960000000 } from '../../../src/store/migrations/1764960000000-kept-counts.ts';
import { countInvitations } from '../../../src/store/overview/count-invitations.ts';
import { removeExpiredTokens } from '../../../src/store/passwords/remove-expired.ts';
import { setLocalPassword } from '../../../src/store/passwords/set-local-password.ts';
import { foldCounts } from '../../../src/store/providers/fold-counts.ts';
import { listProviders } from '../../../src/store/providers/list-providers.ts';
import { removeProvider } from '../../../src/store/providers/remove-provider.ts';
import type { Transaction } from '../../../src/store/transaction.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';
import { miscounted } from '../../support/kept-counts.ts';
import { waitFor } from '../../support/wait-for.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const cause = { kind: 'system' } as const;

/** What is done to some people, as the parts of the store do it that change what is counted. */
type Change = (tx: Transaction, profileIds: readonly string[]) => Promise<void>;

const update =
  (table: 'profiles' | 'links' | 'action_tokens', assignment: string): Change =>
  async (tx, ids) => {
    const column = table === 'profiles' ? 'id' : 'profile_id';
    await tx.query(`UPDATE ${table} SET ${assignment} WHERE ${column} = ANY ($1::uuid[])`, [ids]);
  };

const ask =
  (hold: boolean): Change =>
  async (tx, ids) => {
    const profileIds = (await findRegistrable(tx, ids)).map(({ profileId }) => profileId);
    await requestInvitations(tx, { profileIds, cause, hold });
  };

const emailsOf = async (tx: Transaction, ids: readonly string[]): Promise<readonly string[]> => {
  const rows = await tx.query<{ id: string }[]>(
    'SELECT id FROM emails WHERE profile_id = ANY ($1::uuid[]) ORDER BY id',
    [ids],
  );
  return rows.map(({ id }) => id);
};

const send =
  (state: 'sent' | 'undeliverable' | 'failed' | 'cancelled', lifetimeSeconds: number): Change =>
  async (tx, [profileId = '']) => {
    const [id] = (await emailsOf(tx, [profileId])).toReversed();
    if (id === undefined) return;
    const about = { purpose: 'first-password', profileId, lifetimeSeconds } as const;
    const token = await makeToken(world.context, tx, about);
    await beginAttempt(tx, { id, recipient: 'ada@example.org', tokenId: token.id });
    await endAttempt(tx, { id, state, errorCode: null, error: null, countAttempt: true });
  };

const setPassword: Change = async (tx, [profileId = '']) => {
  const [token] = await tx.query<{ token_hash: Buffer }[]>(
    'SELECT token_hash FROM action_tokens WHERE profile_id = $1 AND used_at IS NULL AND expires_at > now() LIMIT 1',
    [profileId],
  );
  if (token === undefined) return;
  const proof = { tokenHash: token.token_hash, purpose: 'first-password' } as const;
  await setLocalPassword(tx, { profileId, localHash: Buffer.alloc(8), proof });
};

const CHANGES: Readonly<Record<string, Change>> = {
  disable: update('profiles', `enabled = false, disabled_reason = 'source'`),
  enable: update('profiles', 'enabled = true, disabled_reason = NULL'),
  'ask for registration': update('profiles', 'pre_registration = true'),
  'ask no more': update('profiles', 'pre_registration = false'),
  go: update('links', 'gone_at = now()'),
  return: update('links', 'gone_at = NULL'),
  purge: async (tx, [id]) => {
    await tx.query('DELETE FROM profiles WHERE id = $1', [id]);
  },
  invite: ask(false),
  'invite and hold': ask(true),
  hold: async (tx, ids) => {
    await holdEmails(tx, await emailsOf(tx, ids));
  },
  release: async (tx, ids) => {
    await releaseEmails(tx, await emailsOf(tx, ids));
  },
  send: send('sent', 3_600),
  'send too late': send('sent', -1),
  bounce: send('undeliverable', 3_600),
  fail: send('failed', 3_600),
  cancel: send('cancelled', 3_600),
  'set the password': setPassword,
  'end the link': update('action_tokens', 'expires_at = now()'),
  'forget the link': async (tx, ids) => {
    await update('action_tokens', `expires_at = now() - interval '8 days'`)(tx, ids);
    await removeExpiredTokens(tx, 100);
  },
  fold: async (tx) => await foldCounts(tx),
};

/** Few, so that one is done to whom another was done before. */
const PEOPLE = 4;
const OFTEN = ['ask for registration', 'invite', 'send', 'send'];

interface Step {
  readonly names: readonly string[];
  /** Of people, from the first that was made. */
  readonly at: readonly number[];
  readonly undone: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  // More than one: they are done at the same time, to the same people.
  names: fc.array(fc.constantFrom(...Object.keys(CHANGES), ...OFTEN), { minLength: 1, maxLength: 3 }),
  at: fc.array(fc.nat(PEOPLE - 1), { minLength: 1, maxLength: PEOPLE }),
  undone: fc.nat(4).map((n) => n === 0),
});

const UNDONE = new Error('undone');

/** Deadlock, and foreign key. */
const MEANWHILE: ReadonlySet<string> = new Set(['40P01', '23503']);

async function take({ names, at, undone }: Step, people: readonly string[]): Promise<void> {
  const ids = [...new Set(at)].map((place) => people[place] ?? '');
  await Promise.all(
    names.map(async (name, n) => {
      const done = world.context.store.transaction(async (tx) => {
        await CHANGES[name]?.(tx, ids);
        if (undone && n === 0) throw UNDONE;
      });
      await done.catch((error: unknown) => {
        // Two locked the same rows in another order, or the person is gone by now: one of them is undone, as it should be.
        const { code } = (error as { driverError?: { code?: string } }).driverError ?? {};
        if (error !== UNDONE && !MEANWHILE.has(code ?? '')) throw error;
      });
    }),
  );
}

/** Whether one transaction waits for another. */
async function isWaiting(): Promise<boolean> {
  const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return (await world.context.store.read.query<unknown[]>(sql)).length > 0;
}

describe('what is kept count of', () => {
  it('is what counting says, whatever is done, at the same time too, and undone', async () => {
    const { context } = world;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const name = `walk-${newId().slice(-12)}`;
        const providerId = await aSilentProvider(context, { name });
        const about = (at: number) => ({
          ...(at % 3 !== 0 && { providerId }),
          enabled: at % 4 !== 0,
          preRegistration: at % 2 === 0,
        });
        const made = Array.from({ length: PEOPLE }, async (_, at) => (await aPerson(context, about(at))).id);
        const people = await Promise.all(made);
        for (const one of steps) {
          await take(one, people);
          expect([one, await miscounted(context.store)]).toEqual([one, []]);
        }
        await context.store.transaction(async (tx) => {
          const removal = {
            id: providerId,
            name,
            people: steps.length % 2 === 0 ? 'keep' : 'disable',
          } as const;
          await removeProvider(tx, { ...removal, cause });
        });
        expect(await miscounted(context.store)).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(await context.store.read.query('SELECT FROM provider_counts')).toEqual([]);
  });

  it('is right when one who was first commits while another waits for them', async () => {
    const { store } = world.context;
    const { id } = await aPerson(world.context, { preRegistration: true });
    await store.transaction(async (tx) => await CHANGES['invite']?.(tx, [id]));
    let disabling: Promise<unknown> = Promise.resolve();
    await store.transaction(async (tx) => {
      await CHANGES['send']?.(tx, [id]);
      disabling = store.transaction(async (other) => await CHANGES['disable']?.(other, [id]));
      await waitFor(isWaiting);
    });
    await disabling;
    expect(await miscounted(store)).toEqual([]);
  });

  it('makes nobody wait for somebody who waits for them', async () => {
    const { store } = world.context;
    const { id } = await aPerson(world.context, { preRegistration: true });
    await store.transaction(async (tx) => {
      await CHANGES['invite']?.(tx, [id]);
      await CHANGES['send']?.(tx, [id]);
    });
    let setting: Promise<unknown> = Promise.resolve();
    await store.transaction(async (tx) => {
      const [person] = await findRegistrable(tx, [id]);
      setting = store.transaction(async (other) => await setPassword(other, [id]));
      await waitFor(isWaiting);
      await requestInvitations(tx, { profileIds: [person?.profileId ?? ''], cause, hold: true });
    });
    await setting;
    expect(await miscounted(store)).toEqual([]);
    const kept = 'SELECT waiting, state FROM invitations WHERE profile_id = $1';
    expect(await store.read.query(kept, [id])).toEqual([{ waiting: false, state: null }]);
  });

  it('is shown', async () => {
    const { store } = world.context;
    const providerId = await aSilentProvider(world.context, { name: 'shown' });
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1)
      ids.push((await aPerson(world.context, { providerId, enabled: n > 0, preRegistration: true })).id);
    const before = await countInvitations(store.read);
    await store.transaction(async (tx) => {
      await CHANGES['invite']?.(tx, ids.slice(1));
      await CHANGES['send']?.(tx, ids.slice(1));
      await CHANGES['go']?.(tx, ids.slice(2));
    });
    const [listed] = await listProviders(store.read, 'shown');
    expect(listed?.profiles).toEqual({ linked: 3, enabled: 2, gone: 1 });
    const { notInvited, sent, queued } = before;
    const now = { ...before, notInvited: notInvited - 2, sent: sent + 1, queued: queued + 1 };
    expect(await countInvitations(store.read)).toEqual(now);
  });

  it('is worked out for a store that was there before', async () => {
    const { store } = world.context;
    await store.read.query('SELECT 1');
    const runner = store.read.dataSource.createQueryRunner();
    const migration = new KeptCounts1764960000000();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect(await miscounted(store)).toEqual([]);
  });
});
