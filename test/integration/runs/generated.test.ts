import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, type World } from '../../support/context.ts';
import { miscounted } from '../../support/kept-counts.ts';

let followed: World;
let fresh: World;

beforeAll(async () => {
  followed = await createWorld(PEOPLE);
  fresh = await createWorld();
});
afterAll(async () => {
  await followed[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});

/** One thing that happens to the customer's table. */
type Operation =
  | {
      readonly kind: 'upsert';
      readonly id: number;
      readonly dept: string | null;
      readonly active: boolean;
      readonly hash: string | null;
    }
  | { readonly kind: 'delete'; readonly id: number }
  | { readonly kind: 'rename'; readonly id: number; readonly to: number };

const id = fc.integer({ min: 1, max: 40 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('upsert' as const),
      id,
      dept: fc.option(fc.constantFrom('Research', 'Sales', 'Löneavdelning', "O'Brien", '')),
      active: fc.boolean(),
      hash: fc.option(fc.constantFrom('h1', 'h2', 'H1', 'h1 ')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      id,
      to: fc.integer({ min: 1, max: 9_999 }),
    }),
  },
);

async function perform(op: Operation): Promise<void> {
  const { source } = followed;
  if (op.kind === 'delete') await source.query('DELETE FROM people WHERE id = $1', [op.id]);
  else if (op.kind === 'rename')
    await source.query('UPDATE people SET login = $2 WHERE id = $1', [op.id, `renamed-${op.id}-${op.to}`]);
  else
    await source.query(
      `INSERT INTO people (id, login, mail, dept, active, pw_hash) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET dept = excluded.dept, active = excluded.active, pw_hash = excluded.pw_hash`,
      [op.id, `user${op.id}`, `user${op.id}@example.org`, op.dept, op.active, op.hash],
    );
}

/** Carries a run to its end, whatever holds it; aborted once on the way when `interrupt` says so. */
async function sync(world: World, interrupt: boolean): Promise<void> {
  const { context } = world;
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause });
  const stopping = new AbortController();
  if (interrupt) setImmediate(() => stopping.abort(new Error('the worker stops')));
  await carryOutRun(context, runId, { owner: newId(), signal: stopping.signal }).catch(() => undefined);
  const goOn = async (): Promise<string> =>
    (await carryOutRun(context, runId, { owner: newId(), signal: new AbortController().signal })).state;
  if ((await goOn()) !== 'held') return;
  await approveRun(context, { runId, actor: 'test' });
  await goOn();
  expect((await showRun(context, runId)).state).toBe('done');
}

/** What a store says of the people who are there, in the words of the provider. */
async function directory(world: World): Promise<unknown> {
  const { context } = world;
  const rows = await context.store.read.query<{ hash: Buffer | null; profile: string }[]>(
    `SELECT l.record_key, p.id AS profile, p.username, p.email, p.attributes, p.enabled, p.disabled_reason, p.given_name,
       c.effective, c.provider_hash AS hash, encode(l.fingerprint, 'hex') AS fingerprint
     FROM links l JOIN profiles p ON p.id = l.profile_id JOIN credentials c ON c.profile_id = p.id
     WHERE l.gone_at IS NULL ORDER BY l.record_key`,
  );
  return rows.map(({ hash, profile, ...row }) => ({
    ...row,
    hash: hash === null ? null : context.keyring.open(hash, `credentials/provider_hash/${profile}`).reveal(),
  }));
}

async function forget(world: World): Promise<void> {
  for (const table of ['providers', 'profiles', 'outbox'])
    await world.context.store.read.query(`TRUNCATE ${table} CASCADE`);
}

describe('whatever happens to a provider', () => {
  it('following it run by run ends where a first run from nothing ends', async () => {
    const history = fc.array(
      fc.record({ operations: fc.array(operation, { maxLength: 25 }), interrupt: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(history, async (rounds) => {
        await followed.source.query('TRUNCATE people');
        await forget(followed);
        await forget(fresh);
        await aProvider(followed);
        await aProvider({ ...fresh, source: followed.source });
        for (const { operations, interrupt } of rounds) {
          for (const op of operations) await perform(op);
          await sync(followed, interrupt);
        }
        await sync(fresh, false);
        expect(await directory(followed)).toEqual(await directory(fresh));
        expect(await miscounted(followed.context.store)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
