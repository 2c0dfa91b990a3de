import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { retryWriteBacks } from '../../../src/app/passwords/retry-write-backs.ts';
import {
  both,
  emptyBothSides,
  events,
  FIRST,
  inForce,
  openBothSides,
  prepare,
  profileId,
  rows,
  SECOND,
  setHere,
  setThere,
  signal,
  signsIn,
  sync,
} from '../../support/both-sides.ts';
import type { World } from '../../support/context.ts';

let world: World;

beforeAll(async () => {
  world = await openBothSides();
});
afterEach(emptyBothSides);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

describe('a password that changed at the source between plan and write', () => {
  describe.each([false, true])('(a run in between: %s)', (withRun) => {
    it.each(['newest', 'local'] as const)('gives way, by the rule %s', async (conflict) => {
      await prepare({ conflict });
      const id = await setHere(FIRST);
      await setThere(SECOND);
      if (withRun) await sync();
      await deliverWriteBack(world.context, id, signal);
      expect(await inForce()).toEqual(both(FIRST));
      expect(await events()).toEqual(['write-back-conflict: here', 'password-written-back']);
      await sync();
      expect(await inForce()).toEqual(both(FIRST));
    });

    it('prevails, by the rule provider', async () => {
      await prepare({ conflict: 'provider' });
      const id = await setHere(FIRST);
      await setThere(SECOND);
      if (withRun) await sync();
      await deliverWriteBack(world.context, id, signal);
      expect(await inForce()).toEqual(both(SECOND));
      expect(await events()).toEqual(['write-back-conflict: provider']);
      await sync();
      expect(await inForce()).toEqual(both(SECOND));
    });

    it('prevails, by the rule newest, when its time of change is the later one', async () => {
      await prepare({}, { changedAt: 'changed_at' });
      const id = await setHere(FIRST);
      await setThere(SECOND);
      if (withRun) await sync();
      await deliverWriteBack(world.context, id, signal);
      expect(await inForce()).toEqual(both(SECOND));
      expect(await events()).toEqual(['write-back-conflict: provider']);
    });

    it('gives way, by the rule newest, when its time of change is the earlier one', async () => {
      await prepare({}, { changedAt: 'changed_at' });
      await setThere(SECOND);
      const id = await setHere(FIRST);
      if (withRun) await sync();
      await deliverWriteBack(world.context, id, signal);
      expect(await inForce()).toEqual(both(FIRST));
      expect(await events()).toEqual(['write-back-conflict: here', 'password-written-back']);
    });
  });
});

describe('a provider that is down for a day', () => {
  async function port(value: number): Promise<void> {
    await rows(`UPDATE providers SET definition = jsonb_set(definition, '{connection,port}', $1)`, value);
  }

  it('gets the later of two passwords when it is back, and one write-back tells so', async () => {
    await prepare();
    await port(1);
    const first = await setHere(FIRST);
    expect(await deliverWriteBack(world.context, first, signal)).toMatchObject({
      kind: 'later',
      code: 'SOURCE_UNREACHABLE',
    });
    expect(await signsIn(FIRST)).toBe(true);
    const second = await setHere(SECOND);
    await rows(`UPDATE write_backs SET created_at = created_at - interval '24 h'`);
    for (let hour = 0; hour < 3; hour += 1)
      expect(await deliverWriteBack(world.context, second, signal)).toMatchObject({ kind: 'later' });
    await port(world.source.port);
    for (const id of [first, second])
      expect(await deliverWriteBack(world.context, id, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual(both(SECOND));
    expect(await rows('SELECT state FROM write_backs ORDER BY created_at')).toEqual([
      { state: 'superseded' },
      { state: 'written' },
    ]);
    expect(await events()).toEqual(['password-written-back']);
    await sync();
    expect(await inForce()).toEqual(both(SECOND));
  });
});

describe('a record', () => {
  it('that moved is found under its new key', async () => {
    await prepare();
    const id = await setHere(FIRST);
    await world.source.query('UPDATE people SET id = 7 WHERE id = 1');
    expect(await deliverWriteBack(world.context, id, signal)).toMatchObject({ code: 'RECORD_MISSING' });
    // The first run finds that the old key is gone, the second whose the new one is.
    await sync();
    await sync();
    expect(await rows('SELECT record_key FROM links WHERE profile_id = $1', profileId)).toEqual([
      { record_key: '7' },
    ]);
    expect(await rows('SELECT state FROM write_backs')).toEqual([{ state: 'pending' }]);
    expect(await deliverWriteBack(world.context, id, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual(both(FIRST));
    expect(await events()).toEqual(['write-back-missing', 'password-written-back']);
  });

  it('that went and came back is written to without anybody asking', async () => {
    await prepare();
    const id = await setHere(FIRST);
    await world.source.query(
      'CREATE TABLE away AS SELECT * FROM people WHERE id = 1; DELETE FROM people WHERE id = 1',
    );
    await sync();
    expect(await deliverWriteBack(world.context, id, signal)).toMatchObject({ code: 'RECORD_MISSING' });
    expect(await signsIn(FIRST)).toBe(false);
    await world.source.query('INSERT INTO people TABLE away');
    await sync();
    const [requested] = await rows(
      `SELECT state FROM outbox WHERE kind = 'write-back' AND subject_id = $1`,
      id,
    );
    expect(requested).toEqual({ state: 'pending' });
    expect(await deliverWriteBack(world.context, id, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual(both(FIRST));
  });

  it('that went for good leaves its write-back to an operator, with the reason', async () => {
    await prepare();
    const id = await setHere(FIRST);
    await world.source.query('DELETE FROM people WHERE id = 1');
    await deliverWriteBack(world.context, id, signal);
    await retryWriteBacks(world.context, { all: true }, 'frida');
    expect(await deliverWriteBack(world.context, id, signal)).toMatchObject({ kind: 'failed' });
    expect(await rows('SELECT state, error_code FROM write_backs')).toEqual([
      { state: 'missing', error_code: 'RECORD_MISSING' },
    ]);
  });
});
