import { expect } from '@jest/globals';
import type { PasswordRules, WriteBackRules } from '../../connectors/contract/definition.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { makeToken } from '../../src/app/passwords/make-token.ts';
import { setPasswordByLink } from '../../src/app/passwords/set-password-by-link.ts';
import { verifyPerson } from '../../src/app/passwords/verify-person.ts';
import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../src/app/runs/request-run.ts';
import { newId } from '../../src/kernel/ids.ts';
import { findPersonById } from '../../src/store/passwords/find-person-by-id.ts';
import { aProvider, createWorld, PEOPLE, type World } from './context.ts';
import { waitFor } from './wait-for.ts';

/*
 * One person, Freja, whose record is at a provider and who has a profile here:
 * passwords are set on both sides, and both are asked which they take.
 */

export const signal = new AbortController().signal;
export const TEMPORARY = 'temporary horse battery';
export const FIRST = 'first horse battery staple';
export const SECOND = 'second horse battery staple';
export const visitor = { address: '192.0.2.1', userAgent: null };

let world: World;
export let profileId: string;

/** What still waits for a write-back to end, as the page does. */
const waiting: Promise<unknown>[] = [];

/** Opens the world that the functions of this file speak of; one a test file. */
export async function openBothSides(): Promise<World> {
  world = await createWorld(
    `${PEOPLE} ALTER TABLE people ADD changed_at timestamptz, ADD version integer NOT NULL DEFAULT 1;`,
  );
  return world;
}

export async function emptyBothSides(): Promise<void> {
  await Promise.all(waiting.splice(0));
  await rows('TRUNCATE providers, profiles, outbox CASCADE');
  await world.source.query('DROP TABLE IF EXISTS away; TRUNCATE people');
}

export async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return await world.context.store.read.query<T[]>(sql, values);
}

/** A hash as the customer's application would have made it. */
async function theirHash(password: string): Promise<string> {
  return (await world.context.passwords.encode(new Secret(password), 'argon2id', null)).reveal();
}

/** One person at the provider, whose password there is the temporary one. */
export async function prepare(
  writeBack: Partial<WriteBackRules> = {},
  rules: Partial<PasswordRules> = {},
): Promise<void> {
  await aProvider(world, {
    match: 'email',
    password: {
      ...{ column: 'pw_hash', format: 'auto', onboarding: 'none', ...rules },
      writeBack: { enabled: true, set: {}, conflict: 'newest', ...writeBack },
    },
  });
  // A second one, because a source without anybody is not believed.
  await world.source.query(
    `INSERT INTO people (id, login, mail, pw_hash) VALUES
       (1, 'freja', 'freja@example.org', '${await theirHash(TEMPORARY)}'), (2, 'other', 'other@example.org', NULL)`,
  );
  await sync();
  await findFreja();
}

export async function findFreja(): Promise<void> {
  const [freja] = await rows<{ id: string }>(`SELECT id FROM profiles WHERE username = 'freja'`);
  profileId = freja!.id;
}

export async function sync(): Promise<void> {
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(world.context, runId, { owner: newId(), signal });
  const [run] = await rows<{ state: string }>('SELECT state FROM runs WHERE id = $1', runId);
  expect(run).toEqual({ state: 'done' });
}

/** Through the use case of the pages. @returns the id of the write-back. */
export async function setHere(password: string): Promise<string> {
  const purpose = 'reset-password';
  const { text } = await world.context.store.transaction((tx) =>
    makeToken(world.context, tx, { purpose, profileId, lifetimeSeconds: 600 }),
  );
  const typed = { password: new Secret(password), again: new Secret(password) };
  const before = await rows('SELECT 1 FROM write_backs');
  waiting.push(setPasswordByLink(world.context, { purpose, token: text, typed }));
  const newest = async (): Promise<{ id: string }[]> =>
    await rows<{ id: string }>('SELECT id FROM write_backs ORDER BY created_at DESC');
  await waitFor(async () => (await newest()).length > before.length);
  return (await newest())[0]!.id;
}

export async function setThere(password: string): Promise<void> {
  await world.source.query(
    `UPDATE people SET pw_hash = '${await theirHash(password)}', changed_at = now(), version = version + 1 WHERE id = 1`,
  );
}

export async function signsIn(password: string): Promise<boolean> {
  // Not the sign-in itself, which takes its time to refuse.
  const person = await findPersonById(world.context.store.read, profileId);
  const right = await verifyPerson(world.context, person, new Secret(password));
  return right !== null && person?.forceReset === false;
}

/** What the customer's own application would say. */
async function theyTake(password: string): Promise<boolean> {
  const [row] = await world.source.query('SELECT pw_hash FROM people ORDER BY id <> 1 AND id <> 7');
  const hash = new Secret(String(row?.['pw_hash']));
  return (await world.context.passwords.verify(new Secret(password), hash, 'auto')).result === 'match';
}

export async function inForce(): Promise<{ here: string[]; there: string[] }> {
  const all = [TEMPORARY, FIRST, SECOND];
  const here: string[] = [];
  const there: string[] = [];
  for (const password of all) {
    if (await signsIn(password)) here.push(password);
    if (await theyTake(password)) there.push(password);
  }
  return { here, there };
}

export async function events(): Promise<unknown[]> {
  const lines = await rows<{ kind: string; detail: { inForce?: string } }>(
    `SELECT kind, detail FROM profile_events WHERE kind ~ 'write-back|written' ORDER BY id`,
  );
  return lines.map(({ kind, detail }) =>
    detail.inForce === undefined ? kind : `${kind}: ${detail.inForce}`,
  );
}

export const both = (password: string): { here: string[]; there: string[] } => ({
  here: [password],
  there: [password],
});
