import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WEAK_FORMAT_WORDS, type PasswordRules } from '../../../connectors/contract/definition.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { changePassword } from '../../../src/app/passwords/change-password.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { signIn, type SignInOutcome } from '../../../src/app/passwords/sign-in.ts';
import { previewProvider } from '../../../src/app/providers/preview-provider.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { waitFor } from '../../support/wait-for.ts';
import { RULES } from '../../unit/passwords/rules.ts';

const signal = new AbortController().signal;
const visitor = { address: '192.0.2.1', userAgent: null };
const OLD = 'known to the application';
const NEW = 'chosen here, and longer';

let world: World;
beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ALTER TABLE people ADD COLUMN salt varchar(20);`);
});
beforeEach(async () => {
  await world.source.query('DELETE FROM people');
  await world.source.query(people(1));
  for (const table of ['outbox', 'write_backs', 'links', 'profiles', 'runs', 'providers'])
    await world.context.store.read.query(`TRUNCATE ${table} CASCADE`);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const hex = (digest: string, text: string): string => createHash(digest).update(text).digest('hex');
/** What the applications do, once more. */
const REDMINE = (password: string, salt: string): string => hex('sha1', salt + hex('sha1', password));
const VBULLETIN = (password: string, salt: string): string => hex('md5', hex('md5', password) + salt);

async function prepare(over: Partial<PasswordRules>, [hash, salt]: readonly [string, string | null]) {
  await world.source.query(
    `UPDATE people SET pw_hash = '${hash}', salt = ${salt === null ? 'NULL' : `'${salt}'`}`,
  );
  await aProvider(world, {
    password: {
      column: 'pw_hash',
      format: 'auto',
      onboarding: 'none',
      writeBack: { enabled: true, set: {}, conflict: 'newest' },
      ...over,
    },
  });
  return await sync();
}

async function sync() {
  const { runId } = await requestRun(world.context, {
    provider: 'acme-hr',
    kind: 'full',
    cause: { kind: 'system' },
  });
  await carryOutRun(world.context, runId, { owner: newId(), signal });
  return await showRun(world.context, runId);
}

const signInWith = async (password: string): Promise<SignInOutcome> =>
  await signIn(world.context, { name: 'user1', password: new Secret(password), visitor });

/** Chooses {@link NEW} with what the sign-in gave, and carries it to the provider. */
async function chooseNew(signedIn: SignInOutcome, written = true): Promise<void> {
  const proof =
    signedIn.outcome === 'change-required'
      ? { ticket: signedIn.ticket }
      : signedIn.outcome === 'signed-in'
        ? { session: signedIn.admitted, currentPassword: new Secret(OLD) }
        : null;
  expect(proof).not.toBeNull();
  const typed = { password: new Secret(NEW), again: new Secret(NEW) };
  // It waits for the write-back, which nobody but this test carries.
  const changing = changePassword(world.context, { proof: proof!, typed, visitor });
  if (written) {
    const [id] = await waitFor(async () => {
      const rows = await world.context.store.read.query<{ id: string }[]>('SELECT id FROM write_backs');
      return rows.length > 0 ? rows.map((row) => row.id) : null;
    });
    await deliverWriteBack(world.context, id!, signal);
  }
  expect(await changing).toMatchObject({ outcome: 'set' });
}

async function atProvider(): Promise<{ hash: string; salt: string }> {
  const [row] = await world.source.query('SELECT pw_hash, salt FROM people');
  return { hash: String(row?.['pw_hash']), salt: String(row?.['salt']) };
}

function mysqlPassword(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

const WITHOUT_WRITE_BACK = { enabled: false, set: {}, conflict: 'newest' } as const;

describe('a salt in a column of its own', () => {
  const format = RULES['Redmine']!;

  it('is verified with the hash, replaced with it, and no change to the next run', async () => {
    await prepare({ format }, [REDMINE(OLD, 'saffron'), 'saffron']);
    expect((await signInWith('something else')).outcome).toBe('refused');
    const signedIn = await signInWith(OLD);
    expect(signedIn.outcome).toBe('signed-in');
    await chooseNew(signedIn);
    const { hash, salt } = await atProvider();
    expect(salt).toMatch(/^\w{7}$/);
    expect(salt).not.toBe('saffron');
    expect(hash).toBe(REDMINE(NEW, salt));
    expect(await sync()).toMatchObject({ counters: { unchanged: 1, updated: 0 } });
    expect((await signInWith(NEW)).outcome).toBe('signed-in');
    expect((await signInWith(OLD)).outcome).toBe('refused');
  });

  it('is taken up when the application changes both', async () => {
    await prepare({ format }, [REDMINE(OLD, 'saffron'), 'saffron']);
    await chooseNew(await signInWith(OLD));
    await world.source.query(`UPDATE people SET pw_hash = '${REDMINE(OLD, 'cumin')}', salt = 'cumin'`);
    await sync();
    expect((await signInWith(OLD)).outcome).toBe('signed-in');
    expect((await signInWith(NEW)).outcome).toBe('refused');
  });

  it('is never stored but sealed', async () => {
    await prepare({ format }, [REDMINE(OLD, 'saffron'), 'saffron']);
    const tables = await world.context.store.read.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
    );
    for (const { name } of tables) {
      const found = await world.context.store.read.query<unknown[]>(
        `SELECT 1 FROM "${name}" AS t WHERE t::text LIKE '%saffron%'`,
      );
      expect([name, found]).toEqual([name, []]);
    }
  });

  it('is emptied when the record has a hash with a salt of its own', async () => {
    const bcrypt = await world.context.passwords.encode(new Secret(OLD), 'bcrypt', null);
    await prepare({ format }, [bcrypt.reveal(), 'stale']);
    await chooseNew(await signInWith(OLD));
    const { hash, salt } = await atProvider();
    expect([hash.slice(0, 4), salt]).toEqual(['$2b$', '']);
    expect(await sync()).toMatchObject({ counters: { unchanged: 1, updated: 0 } });
  });

  it('is left alone when the definition names another format', async () => {
    const writeBack = { enabled: true, format: 'bcrypt', set: {}, conflict: 'newest' } as const;
    await prepare({ format, writeBack }, [REDMINE(OLD, 'saffron'), 'saffron']);
    await chooseNew(await signInWith(OLD));
    const { hash, salt } = await atProvider();
    expect([hash.slice(0, 4), salt]).toEqual(['$2b$', 'saffron']);
    expect(await sync()).toMatchObject({ counters: { unchanged: 1, updated: 0 } });
    expect((await signInWith(NEW)).outcome).toBe('signed-in');
  });

  it('lets nobody in where it is missing', async () => {
    await prepare({ format }, [REDMINE(OLD, ''), null]);
    expect((await signInWith(OLD)).outcome).toBe('refused');
  });

  it('is named in a preview by its format', async () => {
    await prepare({ format }, [REDMINE(OLD, 'saffron'), 'saffron']);
    const shown = await previewProvider(world.context, { target: { name: 'acme-hr' }, limit: 1, signal });
    expect(shown[0]).toMatchObject({ password: 'digest-sha1' });
    expect(JSON.stringify(shown)).not.toContain('saffron');
  });
});

describe('a weak hash', () => {
  const format = RULES['vBulletin']!;
  const stored = [VBULLETIN(OLD, 'sage'), 'sage'] as const;

  it('leads to choosing a new password and nowhere else, and is not written', async () => {
    await prepare({ format }, stored);
    const signedIn = await signInWith(OLD);
    expect(signedIn.outcome).toBe('change-required');
    expect(await world.context.store.read.query('SELECT 1 FROM sessions')).toEqual([]);
    await chooseNew(signedIn, false);
    expect(await atProvider()).toEqual({ hash: stored[0], salt: 'sage' });
    const told = await world.context.store.read.query<object[]>(
      `SELECT detail->>'code' AS code FROM profile_events WHERE kind = 'write-back-impossible'`,
    );
    expect(told).toEqual([{ code: 'FORMAT_WEAK' }]);
    expect((await signInWith(NEW)).outcome).toBe('signed-in');
  });

  it('is written once the definition says so, and leads to a reset whenever the provider’s is in force', async () => {
    const accepted = {
      ...WITHOUT_WRITE_BACK,
      enabled: true,
      weakFormatAccepted: WEAK_FORMAT_WORDS,
    } as const;
    await prepare({ format, writeBack: accepted }, stored);
    await chooseNew(await signInWith(OLD));
    const { hash, salt } = await atProvider();
    expect(hash).toBe(VBULLETIN(NEW, salt));
    expect((await signInWith(NEW)).outcome).toBe('signed-in');
    await world.source.query(`UPDATE people SET pw_hash = '${VBULLETIN(OLD, 'mint')}', salt = 'mint'`);
    await sync();
    expect((await signInWith(OLD)).outcome).toBe('change-required');
  });

  it.each([
    ['md5-hex', hex('md5', OLD)],
    ['sha512-hex', hex('sha512', OLD)],
    ['plain', OLD],
    ['auto', mysqlPassword(OLD)],
    ['auto', `${hex('md5', `${'s'.repeat(32)}${OLD}`)}:${'s'.repeat(32)}:0`],
    ['joomla', `${hex('md5', `${OLD}salt`)}:salt`],
  ])('of %s does so too', async (name, hash) => {
    await prepare({ format: name, writeBack: WITHOUT_WRITE_BACK }, [hash, null]);
    expect((await signInWith(OLD)).outcome).toBe('change-required');
    expect((await signInWith(`${OLD}!`)).outcome).toBe('refused');
    expect(await world.context.store.read.query('SELECT 1 FROM sessions')).toEqual([]);
  });
});
