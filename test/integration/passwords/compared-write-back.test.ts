import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { WriteBackRules } from '../../../connectors/contract/definition.ts';
import type { OpenProvider } from '../../../src/app/context.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import {
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
  signsIn,
  sync,
  TEMPORARY,
} from '../../support/both-sides.ts';
import type { World } from '../../support/context.ts';

/*
 * The login may write hashes and not read them; a version of the record is compared instead.
 */

let world: World;

beforeAll(async () => {
  world = await openBothSides();
});
afterEach(emptyBothSides);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function prepared(writeBack: Partial<WriteBackRules> = {}): Promise<void> {
  await prepare({ compare: 'version', format: 'argon2id', ...writeBack });
}

const versions = async (): Promise<unknown[]> => [
  ...(await world.source.query('SELECT version FROM people WHERE id = 1')).map((row) => row['version']),
  ...(await rows<{ compared: string }>(`SELECT compared FROM links WHERE record_key = '1'`)).map(
    ({ compared }) => Number(compared),
  ),
];

/** Carries it out, and loses the answer after the commit at the source. */
async function loseAnswer(id: string): Promise<void> {
  const openProvider: OpenProvider = async (definition, password) => {
    const connector = await world.context.openProvider(definition, password);
    const { passwords } = connector;
    return {
      ...connector,
      passwords: {
        ...passwords!,
        replace: async (change, aborted) => {
          await passwords!.replace(change, aborted);
          throw new Error('killed');
        },
      },
    };
  };
  await expect(deliverWriteBack({ ...world.context, openProvider }, id, signal)).rejects.toThrow('killed');
}

describe('a write-back that reads no hash', () => {
  it('writes one password after another, and no run takes them for a change', async () => {
    await prepared();
    expect(await versions()).toEqual([1, 1]);
    // Nothing is known of the password there.
    expect(await rows('SELECT 1 FROM credentials WHERE provider_hash IS NOT NULL')).toEqual([]);
    for (const [at, password] of [FIRST, SECOND].entries()) {
      expect(await deliverWriteBack(world.context, await setHere(password), signal)).toEqual({
        kind: 'done',
      });
      expect(await inForce()).toEqual({ here: [password], there: [password] });
      expect(await versions()).toEqual([at + 2, at + 2]);
      await sync();
      expect(await inForce()).toEqual({ here: [password], there: [password] });
    }
    expect(await events()).toEqual(['password-written-back', 'password-written-back']);
    expect(await rows(`SELECT 1 FROM profile_events WHERE kind = 'updated'`)).toEqual([]);
  });

  it('finds a record that was changed meanwhile, and settles it by the rule', async () => {
    await prepared();
    const first = await setHere(FIRST);
    await setThere(SECOND);
    expect(await deliverWriteBack(world.context, first, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual({ here: [FIRST], there: [FIRST] });
    expect(await events()).toEqual(['write-back-conflict: here', 'password-written-back']);
  });

  it('leaves the password there alone by the rule provider, and nobody without one here', async () => {
    await prepared({ conflict: 'provider' });
    const id = await setHere(FIRST);
    await setThere(SECOND);
    expect(await deliverWriteBack(world.context, id, signal)).toEqual({ kind: 'done' });
    // The one there can neither be read nor asked about: without the one here nobody could sign in.
    expect(await inForce()).toEqual({ here: [FIRST], there: [SECOND] });
    expect(await events()).toEqual(['write-back-conflict: provider']);
    expect(await rows('SELECT state, error FROM write_backs')).toEqual([
      { state: 'failed', error: expect.stringContaining('the record was changed') },
    ]);
  });

  it('knows its own write after a lost answer, also when it was superseded', async () => {
    await prepared({ conflict: 'provider' });
    const first = await setHere(FIRST);
    await loseAnswer(first);
    expect(await versions()).toEqual([2, 1]);
    expect(await deliverWriteBack(world.context, first, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual({ here: [FIRST], there: [FIRST] });
    const second = await setHere(SECOND);
    await loseAnswer(second);
    const third = await setHere(FIRST);
    await deliverWriteBack(world.context, second, signal);
    expect(await deliverWriteBack(world.context, third, signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual({ here: [FIRST], there: [FIRST] });
    expect(await events()).toEqual(['password-written-back', 'password-written-back']);
    const [source, link] = await versions();
    expect(link).toBe(source);
  });

  it('goes together with a provider that checks passwords itself', async () => {
    await prepare(
      { compare: 'version', format: 'argon2id' },
      { verify: { query: `SELECT pw_hash IS NOT NULL AND $2 = '${TEMPORARY}' FROM people WHERE id = $1` } },
    );
    expect(await signsIn(TEMPORARY)).toBe(true);
    expect(await deliverWriteBack(world.context, await setHere(FIRST), signal)).toEqual({ kind: 'done' });
    expect(await inForce()).toEqual({ here: [FIRST], there: [FIRST] });
  });
});
