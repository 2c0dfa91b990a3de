import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { makeToken } from '../../../src/app/passwords/make-token.ts';
import { setPasswordByLink } from '../../../src/app/passwords/set-password-by-link.ts';
import { signIn } from '../../../src/app/passwords/sign-in.ts';
import { newId } from '../../../src/kernel/ids.ts';
import {
  both,
  emptyBothSides,
  findFreja,
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
  TEMPORARY,
  visitor,
} from '../../support/both-sides.ts';
import { column } from '../../support/builders.ts';
import type { World } from '../../support/context.ts';

let world: World;

beforeAll(async () => {
  world = await openBothSides();
});
afterEach(emptyBothSides);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

describe('a password that is changed at the source', () => {
  it('signs in after the next run, ends sessions and every link that was sent', async () => {
    await prepare();
    await rows(
      `INSERT INTO sessions (id, token_hash, profile_id, expires_at) VALUES ($1, 'x', $2, now() + interval '1 h')`,
      newId(),
      profileId,
    );
    const purpose = 'reset-password';
    const { text } = await world.context.store.transaction((tx) =>
      makeToken(world.context, tx, { purpose, profileId, lifetimeSeconds: 600 }),
    );
    await setThere(SECOND);
    await sync();
    expect(await rows('SELECT 1 FROM sessions')).toEqual([]);
    const typed = { password: new Secret(FIRST), again: new Secret(FIRST) };
    expect(await setPasswordByLink(world.context, { purpose, token: text, typed })).toEqual({
      outcome: 'expired',
    });
    expect(await inForce()).toEqual(both(SECOND));
    const lines = await rows<{ detail: { changes: object } }>(
      `SELECT detail FROM profile_events WHERE kind = 'updated'`,
    );
    expect(lines).toHaveLength(1);
    expect(Object.keys(lines[0]!.detail.changes)).toEqual(['password']);
  });

  it.each([
    ['keep', true],
    [undefined, true],
    ['clear', false],
  ] as const)('with onSourceChange %s: the forced reset is left: %s', async (onSourceChange, left) => {
    await prepare({}, { onboarding: 'force-reset', ...(onSourceChange !== undefined && { onSourceChange }) });
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: true },
    ]);
    await world.source.query(`UPDATE people SET dept = 'moved' WHERE id = 1`);
    await sync();
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: true },
    ]);
    await setThere(SECOND);
    await sync();
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: left },
    ]);
  });

  it('does not end a forced reset that the record itself still asks for', async () => {
    await prepare({}, { forceReset: column('must_change'), onSourceChange: 'clear' });
    await world.source.query('UPDATE people SET must_change = true WHERE id = 1');
    await sync();
    await setThere(SECOND);
    await sync();
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: true },
    ]);
  });
});

describe('the flag in the source', () => {
  it('set before the provider was registered asks at the first sign-in, once', async () => {
    await prepare({ set: { must_change: false } }, { forceReset: column('must_change') });
    await world.source.query('UPDATE people SET must_change = true WHERE id = 1');
    await rows('DELETE FROM profiles');
    await sync();
    await findFreja();
    const input = { name: 'freja', password: new Secret(TEMPORARY), visitor };
    expect((await signIn(world.context, input)).outcome).toBe('change-required');
    const id = await setHere(FIRST);
    await deliverWriteBack(world.context, id, signal);
    expect(await world.source.query('SELECT must_change FROM people WHERE id = 1')).toEqual([
      { must_change: false },
    ]);
    await sync();
    expect(await inForce()).toEqual(both(FIRST));
  });

  it('that nobody takes back does not return after the person cleared it, until it is set anew', async () => {
    await prepare({}, { forceReset: column('must_change') });
    await world.source.query('UPDATE people SET must_change = true WHERE id = 1');
    await sync();
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: true },
    ]);
    await deliverWriteBack(world.context, await setHere(FIRST), signal);
    for (const dept of ['one', 'two']) {
      await world.source.query(`UPDATE people SET dept = '${dept}' WHERE id = 1`);
      await sync();
      expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
        { force_reset: false },
      ]);
    }
    await world.source.query('UPDATE people SET must_change = false WHERE id = 1');
    await sync();
    await world.source.query('UPDATE people SET must_change = true WHERE id = 1');
    await sync();
    expect(await rows('SELECT force_reset FROM profiles WHERE id = $1', profileId)).toEqual([
      { force_reset: true },
    ]);
    expect(await signsIn(FIRST)).toBe(false);
  });
});
