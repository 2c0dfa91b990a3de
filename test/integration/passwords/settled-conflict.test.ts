import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decideConflict, type ConflictDecision } from '../../../src/app/passwords/decide-conflict.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { retryWriteBacks } from '../../../src/app/passwords/retry-write-backs.ts';
import { newId } from '../../../src/kernel/ids.ts';
import {
  both,
  emptyBothSides,
  events,
  FIRST,
  inForce,
  openBothSides,
  prepare,
  rows,
  SECOND,
  setHere,
  setThere,
  signal,
  sync,
  TEMPORARY,
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

/** The person sets FIRST here, somebody sets SECOND there, and the rule says that the provider wins. */
async function inConflict(): Promise<string> {
  await prepare({ conflict: 'provider' });
  const id = await setHere(FIRST);
  await setThere(SECOND);
  await deliverWriteBack(world.context, id, signal);
  expect(await inForce()).toEqual(both(SECOND));
  return id;
}

const settle = async (decision: ConflictDecision): Promise<number> =>
  await decideConflict(world.context, decision, 'grace');
const deliver = async (id: string): Promise<unknown> => await deliverWriteBack(world.context, id, signal);
const stateOf = async (id: string): Promise<unknown> =>
  (
    await rows(`SELECT state, hash IS NOT NULL AS kept, expected IS NOT NULL AS seen FROM write_backs
                WHERE id = '${id}'`)
  )[0];
const GONE = { kept: false, seen: false };

describe('a conflict that an operator settles', () => {
  it('for the password set here is written over what lost, signs in again, and ends the sessions of the other', async () => {
    const id = await inConflict();
    await expect(retryWriteBacks(world.context, { id }, 'grace')).rejects.toMatchObject({
      code: 'WRITE_BACK_ENDED',
    });
    expect(await retryWriteBacks(world.context, { all: true }, 'grace')).toEqual([]);
    expect(await settle({ id, keep: 'here' })).toBe(1);
    // As long as it is on its way the one of the provider signs in.
    expect(await inForce()).toEqual(both(SECOND));
    await world.context.store.read.query(
      `INSERT INTO sessions (id, token_hash, profile_id, expires_at)
       SELECT $1, 'x', profile_id, now() + interval '1 h' FROM write_backs`,
      [newId()],
    );
    expect(await deliver(id)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual(both(FIRST));
    expect(await stateOf(id)).toEqual({ state: 'written', ...GONE });
    expect(await rows('SELECT 1 FROM sessions')).toEqual([]);
    await sync();
    expect(await inForce()).toEqual(both(FIRST));
    expect(await events()).toEqual([
      'write-back-conflict: provider',
      'write-back-settled',
      'password-written-back',
    ]);
    await expect(settle({ id, keep: 'here' })).rejects.toMatchObject({ code: 'WRITE_BACK_NOT_IN_CONFLICT' });
    expect(
      await rows(
        `SELECT actor, action, subject, detail FROM audit_entries WHERE action = 'write-back.settle'`,
      ),
    ).toEqual([
      { actor: 'grace', action: 'write-back.settle', subject: id, detail: { keep: 'here', writeBacks: 1 } },
    ]);
  });

  it.each([false, true])(
    'overwrites nothing that was set there since (a run in between: %s)',
    async (withRun) => {
      const id = await inConflict();
      await settle({ id, keep: 'here' });
      await setThere(TEMPORARY);
      if (withRun) await sync();
      await deliver(id);
      expect(await stateOf(id)).toEqual({ state: 'conflict', kept: true, seen: true });
      expect(await inForce()).toEqual(both(TEMPORARY));
      // What the operator sees now is what is decided about.
      await settle({ id, keep: 'here' });
      await deliver(id);
      expect(await inForce()).toEqual(both(FIRST));
    },
  );

  it('for the one of the provider is over, and its secrets are forgotten', async () => {
    const id = await inConflict();
    expect(await stateOf(id)).toEqual({ state: 'conflict', kept: true, seen: true });
    expect(await settle({ all: true, keep: 'provider' })).toBe(1);
    expect(await stateOf(id)).toEqual({ state: 'superseded', ...GONE });
    await deliver(id);
    expect(await inForce()).toEqual(both(SECOND));
    expect(await settle({ all: true, keep: 'provider' })).toBe(0);
  });

  it('is over by itself once the person sets another one, and says so when its password is forgotten', async () => {
    const id = await inConflict();
    await world.context.store.read.query('UPDATE write_backs SET hash = NULL, expected = NULL');
    await expect(settle({ id, keep: 'here' })).rejects.toMatchObject({ code: 'WRITE_BACK_FORGOTTEN' });
    await setHere(TEMPORARY);
    expect(await stateOf(id)).toEqual({ state: 'superseded', ...GONE });
    await expect(settle({ id, keep: 'here' })).rejects.toMatchObject({ code: 'WRITE_BACK_NOT_IN_CONFLICT' });
    await expect(settle({ id: newId(), keep: 'here' })).rejects.toMatchObject({
      code: 'WRITE-BACK_NOT_FOUND',
    });
  });

  it('is written where hashes are not read, compared with what was seen', async () => {
    await prepare({ compare: 'version', format: 'argon2id', conflict: 'provider' });
    const id = await setHere(FIRST);
    await setThere(SECOND);
    await deliver(id);
    expect(await stateOf(id)).toMatchObject({ state: 'failed' });
    expect(await retryWriteBacks(world.context, { all: true }, 'grace')).toEqual([]);
    await settle({ id, keep: 'here' });
    await deliver(id);
    expect(await inForce()).toEqual({ here: [FIRST], there: [FIRST] });
    expect(await stateOf(id)).toEqual({ state: 'written', ...GONE });
  });
});
