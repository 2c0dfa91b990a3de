import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listRunErrors, listRunRecords } from '../../../src/app/runs/show-run.ts';
import { column } from '../../support/builders.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { createRunner, passwordRules, type Runner } from '../../support/runner.ts';

let world: World;
let runner: Runner;
const all = { after: null, limit: 1_000 };

beforeAll(async () => {
  world = await createWorld(PEOPLE);
  runner = createRunner(world);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await runner.empty();
});

describe('a first run', () => {
  it('imports everybody, with credentials, links and a line in each timeline', async () => {
    await aProvider(world);
    await world.source.query(people(5_000));
    const run = await runner.sync();
    expect(run).toMatchObject({
      state: 'done',
      planned: false,
      counters: { read: 5_000, created: 5_000, errors: 0 },
    });
    expect(
      await runner.rows(`SELECT count(*)::int, count(DISTINCT c.provider_hash)::int AS hashes, min(c.effective) AS effective
      FROM profiles p JOIN links l ON l.profile_id = p.id JOIN credentials c ON c.profile_id = p.id
      JOIN profile_events e ON e.profile_id = p.id AND e.kind = 'created'`),
    ).toEqual([{ count: 5_000, hashes: 5_000, effective: 'provider' }]);
    expect(await runner.rows(`SELECT count(*)::int FROM emails`)).toEqual([{ count: 0 }]);
  });

  it('never stores a hash of the provider in the clear', async () => {
    await aProvider(world);
    await world.source.query(people(10));
    await runner.sync();
    const [found] = await runner.rows(
      `SELECT count(*)::int FROM credentials WHERE position('hash-'::bytea IN provider_hash) > 0`,
    );
    expect(found).toEqual({ count: 0 });
  });

  it('lists the records it cannot use and goes on', async () => {
    await aProvider(world);
    await world.source.query(`${people(3)} INSERT INTO people (id, login, mail) VALUES
      (10, 'USER1', 'other@example.org'), (11, '', 'x@example.org'), (12, 'bad', 'not an address'), (13, 'fine', NULL)`);
    const run = await runner.sync();
    expect(run.counters).toMatchObject({ read: 7, created: 4, errors: 3 });
    const errors = await listRunErrors(world.context, run.id, all);
    expect(errors.map(({ recordKey, code }) => [recordKey, code])).toEqual([
      ['10', 'USERNAME_TAKEN'],
      ['11', 'USERNAME_INVALID'],
      ['12', 'EMAIL_INVALID'],
    ]);
  });

  it('sends one registration e-mail to each pre-registered person, and none when run again', async () => {
    await aProvider(world, passwordRules({ onboarding: 'pre-registration' }));
    await world.source.query(people(4));
    expect((await runner.sync()).counters.emails).toBe(4);
    expect((await runner.sync()).counters.emails).toBe(0);
    expect(
      await runner.rows(`SELECT count(*)::int, count(DISTINCT profile_id)::int AS people FROM emails e
      JOIN outbox o ON o.subject_id = e.id AND o.kind = 'email'`),
    ).toEqual([{ count: 4, people: 4 }]);
  });
});

describe('a later run', () => {
  it('does nothing when nothing changed', async () => {
    await aProvider(world);
    await world.source.query(people(50));
    await runner.sync();
    const before = await runner.rows('SELECT * FROM profiles ORDER BY id');
    const run = await runner.sync();
    expect(run).toMatchObject({
      state: 'done',
      planned: true,
      counters: { read: 50, unchanged: 50, updated: 0 },
    });
    expect(await runner.rows('SELECT * FROM profiles ORDER BY id')).toEqual(before);
  });

  it('creates, updates, disables and brings back', async () => {
    await aProvider(world);
    await world.source.query(people(50));
    await runner.sync();
    await world.source.query(
      `DELETE FROM people WHERE id = 1; UPDATE people SET dept = 'Moved' WHERE id = 2; ${people(1, 51)}`,
    );
    const second = await runner.sync();
    expect(second.counters).toMatchObject({ created: 1, updated: 1, disabled: 1, unchanged: 48, applied: 3 });
    expect(
      await runner.rows(`SELECT username, enabled, disabled_reason FROM profiles WHERE NOT enabled`),
    ).toEqual([{ username: 'user1', enabled: false, disabled_reason: 'gone' }]);
    await world.source.query(people(1));
    expect((await runner.sync()).counters).toMatchObject({ returned: 1 });
    expect(await runner.rows(`SELECT count(*)::int FROM profiles WHERE enabled`)).toEqual([{ count: 51 }]);
    expect(
      await runner.rows(`SELECT e.kind FROM profile_events e JOIN profiles p ON p.id = e.profile_id
      WHERE p.username = 'user1' ORDER BY e.id`),
    ).toEqual([{ kind: 'created' }, { kind: 'disabled' }, { kind: 'returned' }]);
  });

  it('adopts a password changed at the source, ends sessions, and leaves one on its way back alone', async () => {
    await aProvider(world);
    await world.source.query(people(2));
    await runner.sync();
    await world.context.store.read.query(`INSERT INTO sessions (id, token_hash, profile_id, expires_at)
      SELECT gen_random_uuid(), sha256(id::text::bytea), id, now() + interval '1 hour' FROM profiles`);
    await world.context.store.read.query(`INSERT INTO write_backs (id, provider_id, profile_id, record_key)
      SELECT gen_random_uuid(), provider_id, id, '2' FROM profiles WHERE username = 'user2'`);
    await world.source.query(`UPDATE people SET pw_hash = 'changed'`);
    await runner.sync();
    expect(
      await runner.rows(`SELECT p.username, c.password_version, (SELECT count(*)::int FROM sessions s WHERE s.profile_id = p.id) AS sessions
      FROM profiles p JOIN credentials c ON c.profile_id = p.id ORDER BY 1`),
    ).toEqual([
      { username: 'user1', password_version: 1, sessions: 0 },
      { username: 'user2', password_version: 0, sessions: 1 },
    ]);
  });

  it('does not set a flag again that was cleared here', async () => {
    const forceReset = column('must_change');
    await aProvider(world, passwordRules({ forceReset }));
    await world.source.query(`${people(1)} UPDATE people SET must_change = true`);
    await runner.sync();
    expect(await runner.rows('SELECT force_reset FROM profiles')).toEqual([{ force_reset: true }]);
    await world.context.store.read.query('UPDATE profiles SET force_reset = false');
    await world.source.query(`UPDATE people SET dept = 'Elsewhere'`);
    expect((await runner.sync()).counters.updated).toBe(1);
    expect(await runner.rows('SELECT force_reset FROM profiles')).toEqual([{ force_reset: false }]);
    await world.source.query(`UPDATE people SET must_change = false`);
    await runner.sync();
    await world.source.query(`UPDATE people SET must_change = true`);
    await runner.sync();
    expect(await runner.rows('SELECT force_reset FROM profiles')).toEqual([{ force_reset: true }]);
  });

  it('follows a changed mapping although no record changed', async () => {
    const id = await aProvider(world);
    await world.source.query(people(3));
    await runner.sync();
    await world.context.store.read.query(
      `UPDATE providers SET definition = jsonb_set(definition, '{mapping,displayName}', '{"value": "Somebody"}') WHERE id = $1`,
      [id],
    );
    expect((await runner.sync()).counters.updated).toBe(3);
    expect(await runner.rows('SELECT DISTINCT display_name FROM profiles')).toEqual([
      { display_name: 'Somebody' },
    ]);
  });
});

describe('a dry run', () => {
  it('shows record by record and field by field what would change, and writes none of it', async () => {
    await aProvider(world);
    await world.source.query(people(3));
    await runner.sync();
    await world.source.query(
      `UPDATE people SET mail = 'new@example.org' WHERE id = 2; DELETE FROM people WHERE id = 3; ${people(1, 4)}`,
    );
    const run = await runner.sync({ dryRun: true });
    expect(run).toMatchObject({
      state: 'done',
      counters: { created: 1, updated: 1, disabled: 1, applied: 0 },
    });
    const records = await listRunRecords(world.context, run.id, all);
    expect(records.map(({ recordKey, action, changes }) => [recordKey, action, changes['email']])).toEqual([
      ['2', 'update', { from: 'user2@example.org', to: 'new@example.org' }],
      ['4', 'create', { from: null, to: 'user4@example.org' }],
      ['3', 'disable', undefined],
    ]);
    expect(await runner.rows('SELECT count(*)::int FROM profiles WHERE enabled')).toEqual([{ count: 3 }]);
  });
});
