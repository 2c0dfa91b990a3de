import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connector } from '../../../connectors/contract/connector.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { approveRun } from '../../../src/app/runs/decide-held-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { ProviderEntity } from '../../../src/store/entities/directory.ts';
import type { ListedRun } from '../../../src/store/runs/list-runs.ts';
import { aDefinition, column } from '../../support/builders.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

let digested: World;
let paged: World;
/** What the run by digests asked the source for. */
let asked: { digests: number; fingerprints: number; records: number; pages: number };
let failAfter = Infinity;
let stopAtRecords = false;

beforeAll(async () => {
  digested = await createWorld(PEOPLE);
  paged = await createWorld();
});
afterAll(async () => {
  await digested[Symbol.asyncDispose]();
  await paged[Symbol.asyncDispose]();
});
beforeEach(async () => {
  asked = { digests: 0, fingerprints: 0, records: 0, pages: 0 };
  failAfter = Infinity;
  await digested.source.query('TRUNCATE people');
  for (const world of [digested, paged])
    for (const table of ['providers', 'profiles', 'outbox'])
      await world.context.store.read.query(`TRUNCATE ${table} CASCADE`);
  await aProvider(digested);
  await aProvider({ ...paged, source: digested.source });
});

/** Counts what is asked for; with `stop`, aborts a run after so many questions. */
function counting(context: AppContext, stop: AbortController): AppContext {
  const count = (kind: keyof typeof asked, by = 1): void => {
    asked[kind] += by;
    failAfter -= 1;
    if (failAfter <= 0) stop.abort(new Error('the worker stops'));
  };
  return {
    ...context,
    openProvider: async (...about) => {
      const connector = await context.openProvider(...about);
      const { records } = connector;
      const watched: Connector['records'] = {
        ...records,
        page: async (...request) => {
          count('pages');
          return await records.page(...request);
        },
        get: async (keys, signal) => {
          const found = await records.get(keys, signal);
          count('records', keys.length);
          if (stopAtRecords) stop.abort(new Error('the worker stops'));
          stopAtRecords = false;
          return found;
        },
        fingerprints: async function* (...request) {
          for await (const pair of records.fingerprints(...request)) {
            count('fingerprints');
            yield pair;
          }
        },
        digest: async (...request) => {
          count('digests');
          return await records.digest!(...request);
        },
      };
      return { ...connector, records: watched };
    },
  };
}

function withoutDigest(context: AppContext): AppContext {
  return {
    ...context,
    openProvider: async (...about) => {
      const connector = await context.openProvider(...about);
      const parts = Object.entries(connector.records).filter(([name]) => name !== 'digest');
      return { ...connector, records: Object.fromEntries(parts) as unknown as Connector['records'] };
    },
  };
}

async function sync(
  world: World,
  wrap: (context: AppContext, stop: AbortController) => AppContext,
): Promise<ListedRun> {
  const { context } = world;
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause });
  for (;;) {
    const stop = new AbortController();
    const carried = carryOutRun(wrap(context, stop), runId, { owner: newId(), signal: stop.signal });
    await carried.catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    failAfter = Infinity;
    const run = await showRun(context, runId);
    if (run.state === 'done' || run.state === 'failed') return run;
    if (run.state === 'held') await approveRun(context, { runId, actor: 'test' });
  }
}

async function directory({ context }: World): Promise<unknown> {
  return await context.store.read.query(
    `SELECT l.record_key, encode(l.fingerprint, 'hex') AS fingerprint, l.gone_at IS NOT NULL AS gone, l.mapped_by, p.username, p.email,
       p.attributes, p.enabled, p.disabled_reason
     FROM links l JOIN profiles p ON p.id = l.profile_id ORDER BY l.record_key`,
  );
}

interface Change {
  readonly id: number;
  readonly kind: 'update' | 'delete' | 'insert';
  readonly dept: string | null;
}

async function change({ id, kind, dept }: Change): Promise<void> {
  const { source } = digested;
  if (kind === 'delete') await source.query('DELETE FROM people WHERE id = $1', [id]);
  else if (kind === 'update') await source.query('UPDATE people SET dept = $2 WHERE id = $1', [id, dept]);
  else
    await source.query(
      `INSERT INTO people (id, login, mail, dept) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [id, `user${id}`, `user${id}@example.org`, dept],
    );
}

async function both(): Promise<{ one: ListedRun; other: ListedRun }> {
  return { one: await sync(digested, counting), other: await sync(paged, withoutDigest) };
}

describe('a full run by digests', () => {
  it('reads nothing where nothing changed, and little where little did', async () => {
    await digested.source.query(people(5_000));
    await both();
    asked = { digests: 0, fingerprints: 0, records: 0, pages: 0 };
    expect(await sync(digested, counting)).toMatchObject({
      state: 'done',
      counters: { read: 5_000, unchanged: 5_000, updated: 0 },
    });
    expect(asked).toEqual({ digests: 1, fingerprints: 0, records: 0, pages: 0 });

    await digested.source.query(
      `UPDATE people SET dept = 'Moved' WHERE id = 77; DELETE FROM people WHERE id = 78; ${people(1, 9_000)}`,
    );
    expect(await sync(digested, counting)).toMatchObject({
      state: 'done',
      counters: { read: 5_000, unchanged: 4_998, updated: 1, disabled: 1, created: 1 },
    });
    expect(asked.fingerprints).toBeGreaterThan(2);
    expect(asked.fingerprints).toBeLessThan(500);
    // Each of the two twice: to plan, and to apply; the one that is gone to make sure of it.
    expect(asked).toMatchObject({ records: 5, pages: 0 });
    await sync(paged, withoutDigest);
    expect(await directory(digested)).toEqual(await directory(paged));
  });

  it('reads everything again when the mapping changed, and disables who is gone all the same', async () => {
    await digested.source.query(people(300));
    await both();
    for (const world of [digested, paged]) {
      const provider = await world.context.store.read.findOneByOrFail(ProviderEntity, { name: 'acme-hr' });
      const { mapping } = aDefinition();
      const attributes = { ...mapping.attributes, team: column('dept') };
      await world.context.store.read.update(
        ProviderEntity,
        { id: provider.id },
        { definition: { ...provider.definition, mapping: { ...mapping, attributes } } },
      );
    }
    await digested.source.query('DELETE FROM people WHERE id = 5');
    const { one } = await both();
    expect(one.counters).toMatchObject({ read: 299, updated: 299, disabled: 1 });
    expect(await directory(digested)).toEqual(await directory(paged));

    // Some people are still as an older mapping made them, and are gone: their buckets agree by count.
    for (const world of [digested, paged])
      await world.context.store.read.query(
        `UPDATE links SET mapped_by = 'older' WHERE record_key IN ('10', '11')`,
      );
    await digested.source.query('DELETE FROM people WHERE id = 10');
    await both();
    expect(await directory(digested)).toEqual(await directory(paged));
  });

  it('goes on after a batch that was written when it was interrupted', async () => {
    await digested.source.query(people(300));
    await both();
    await digested.source.query(`UPDATE people SET dept = 'Moved' WHERE id IN (1, 2)`);
    stopAtRecords = true;
    const { one } = await both();
    expect(one.counters).toMatchObject({ read: 300, unchanged: 298, updated: 2, applied: 2 });
    expect(stopAtRecords).toBe(false);
    expect(await directory(digested)).toEqual(await directory(paged));
  });

  it('leaves what a run that reads everything leaves, whatever happens, and wherever it is interrupted', async () => {
    const changed = fc.record({
      id: fc.integer({ min: 1, max: 400 }),
      kind: fc.constantFrom<Change['kind'][]>('update', 'update', 'delete', 'insert'),
      dept: fc.option(fc.constantFrom('', 'Research', 'Löneavdelning', "O'Brien")),
    });
    const history = fc.array(
      fc.record({ changes: fc.array(changed, { maxLength: 30 }), after: fc.integer({ min: 1, max: 300 }) }),
      { minLength: 1, maxLength: 4 },
    );
    const property = fc.asyncProperty(history, async (rounds) => {
      await digested.source.query(`TRUNCATE people; ${people(200)}`);
      await both();
      for (const { changes, after } of rounds) {
        for (const each of changes) await change(each);
        failAfter = after;
        await both();
        expect(await directory(digested)).toEqual(await directory(paged));
      }
    });
    await fc.assert(property, { numRuns: 12 });
  });
});
