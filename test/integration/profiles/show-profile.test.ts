import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { showProfile } from '../../../src/app/profiles/show-profile.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { EmailEntity } from '../../../src/store/entities/effects.ts';
import { aPerson } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';
import { waitFor } from '../../support/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

it('shows a person as they were at one moment, whatever happens while it is read', async () => {
  const { store } = world.context;
  const { id: profileId } = await aPerson(world.context, { preRegistration: true });
  const id = newId();
  const cause = { kind: 'system' } as const;
  await store.read.insert(EmailEntity, { id, profileId, kind: 'registration', state: 'queued', cause });
  const shown = await store.transaction(async (tx) => {
    // Between the invitation and the list of e-mails stands what is read of attempts to sign in.
    await tx.query('LOCK TABLE sign_in_attempts IN ACCESS EXCLUSIVE MODE');
    const showing = showProfile(world.context, profileId);
    await waitFor(async () => {
      const waiting = await store.read.query<unknown[]>(
        `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'sign_in_attempts'::regclass`,
      );
      return waiting.length > 0;
    });
    await store.read.query("UPDATE emails SET state = 'sent', sent_at = now() WHERE id = $1", [id]);
    return { showing };
  });
  const { registration, emails } = await shown.showing;
  expect([registration?.state, emails[0]?.state]).toEqual(['queued', 'queued']);
  expect((await showProfile(world.context, profileId)).registration?.state).toBe('sent');
});
