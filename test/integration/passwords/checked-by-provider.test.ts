import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { changePassword } from '../../../src/app/passwords/change-password.ts';
import { readAccount } from '../../../src/app/passwords/read-account.ts';
import { signIn, type SignInOutcome } from '../../../src/app/passwords/sign-in.ts';
import { closeKeptConnectors, countKeptConnectors } from '../../../src/app/providers/keep-connector.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { waitFor } from '../../support/wait-for.ts';

const signal = new AbortController().signal;
const visitor = { address: '192.0.2.1', userAgent: null };
const RIGHT = 'known to the database only';
const NEW = 'chosen here, and longer';

let world: World;
beforeAll(async () => {
  world = await createWorld(`${PEOPLE}
    CREATE TABLE vault (id bigint PRIMARY KEY, digest bytea NOT NULL);
    CREATE FUNCTION check_password(who bigint, password text) RETURNS boolean STABLE LANGUAGE sql AS
      $$ SELECT digest = sha256(convert_to(password, 'UTF8')) FROM vault WHERE id = who $$;`);
});
beforeEach(async () => {
  for (const table of ['outbox', 'write_backs', 'links', 'profiles', 'runs', 'providers', 'sign_in_attempts'])
    await world.context.store.read.query(`TRUNCATE ${table} CASCADE`);
  await world.source.query('DELETE FROM people; DELETE FROM vault');
  await world.source.query(people(2));
  await world.source.query(
    `INSERT INTO vault SELECT id, sha256('${RIGHT}') FROM people WHERE login = 'user1'`,
  );
  await aProvider(world, {
    password: {
      format: 'auto',
      onboarding: 'none',
      verify: { query: 'SELECT check_password($1, $2)' },
      writeBack: { enabled: false, set: {}, conflict: 'newest' },
    },
  });
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(world.context, runId, { owner: newId(), signal });
});
afterAll(async () => {
  await closeKeptConnectors(world.context);
  await world[Symbol.asyncDispose]();
});

const signInWith = async (password: string, name = 'user1'): Promise<SignInOutcome> =>
  await signIn(world.context, { name, password: new Secret(password), visitor });

async function setDefinition(path: string, value: string): Promise<void> {
  await world.context.store.read.query(
    'UPDATE providers SET definition = jsonb_set(definition, $1::text[], $2::jsonb)',
    [path, value],
  );
}

describe('a person whose password the provider checks', () => {
  it('signs in with it, and has a session that holds', async () => {
    const outcome = await signInWith(RIGHT);
    expect(outcome.outcome).toBe('signed-in');
    const session = outcome.outcome === 'signed-in' ? outcome.admitted : null;
    expect(await readAccount(world.context, session!)).toMatchObject({ username: 'user1' });
    const kept = await world.context.store.read.query<unknown[]>(
      'SELECT local_hash, provider_hash FROM credentials WHERE effective <> $1',
      ['none'],
    );
    expect(kept).toEqual([]);
  });

  it('is refused with another one, and who has none is refused with any', async () => {
    expect(await signInWith('something else')).toEqual({ outcome: 'refused' });
    expect(await signInWith(RIGHT, 'user2')).toEqual({ outcome: 'refused' });
  });

  it('is no longer asked about there after choosing a password here', async () => {
    const outcome = await signInWith(RIGHT);
    const session = outcome.outcome === 'signed-in' ? outcome.admitted : null;
    const typed = { password: new Secret(NEW), again: new Secret(NEW) };
    const proof = { session: session!, currentPassword: new Secret(RIGHT) };
    expect(await changePassword(world.context, { proof, typed, visitor })).toMatchObject({ outcome: 'set' });
    expect((await signInWith(NEW)).outcome).toBe('signed-in');
    expect(await signInWith(RIGHT)).toEqual({ outcome: 'refused' });
  });

  it('chooses another one first when that is forced', async () => {
    await world.context.store.read.query('UPDATE profiles SET force_reset = true');
    expect((await signInWith(RIGHT)).outcome).toBe('change-required');
  });

  it('is refused without asking after too many attempts', async () => {
    for (let attempt = 0; attempt < 12; attempt++) await signInWith('something else');
    expect(await signInWith(RIGHT)).toEqual({ outcome: 'refused' });
  });

  it('is asked about over a connection that stays, until the definition changes or the end', async () => {
    const opened: number[] = [];
    const closed: number[] = [];
    const context: AppContext = {
      ...world.context,
      openProvider: async (definition, password) => {
        const connector = await world.context.openProvider(definition, password);
        const number = opened.push(opened.length + 1);
        return {
          ...connector,
          [Symbol.asyncDispose]: async () => {
            closed.push(number);
            await connector[Symbol.asyncDispose]();
          },
        };
      },
    };
    const ask = async (): Promise<string> =>
      (await signIn(context, { name: 'user1', password: new Secret(RIGHT), visitor })).outcome;
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill('signed-in'));
    expect(await ask()).toBe('signed-in');
    expect([opened, closed]).toEqual([[1], []]);
    await setDefinition('{password,verify,query}', '"SELECT $1::bigint > 0 AND check_password($1, $2)"');
    expect(await ask()).toBe('signed-in');
    await waitFor(() => Promise.resolve(closed.length === 1));
    expect([opened, closed, countKeptConnectors(context)]).toEqual([[1, 2], [1], 1]);
    await closeKeptConnectors(context);
    expect([closed, countKeptConnectors(context)]).toEqual([[1, 2], 0]);
  });

  it('is refused, soon, while the provider fails, is away or does not answer', async () => {
    await setDefinition('{password,verify,query}', '"SELECT nothing_like_it($1, $2)"');
    expect(await signInWith(RIGHT)).toEqual({ outcome: 'refused' });
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    await setDefinition('{connection,port}', String((silent.address() as AddressInfo).port));
    const before = performance.now();
    expect(await signInWith(RIGHT)).toEqual({ outcome: 'refused' });
    expect(performance.now() - before).toBeLessThan(6_000);
    // Whoever is not known is refused as late.
    const unknown = performance.now();
    await signInWith(RIGHT, 'nobody');
    expect(performance.now() - unknown).toBeGreaterThan(2_500);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    expect(await signInWith(RIGHT)).toEqual({ outcome: 'refused' });
  });
});
