import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { startDjangoSite, type DjangoSite } from '../support/django-site.ts';
import { freePort } from '../support/processes.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';
import { Visitor } from '../support/visitor.ts';

const TEMPORARY = 'Temporary-Spring-1972';
const CHOSEN = 'correct horse battery staple 42';
const FIRST = 'seven silent rivers meet at dawn';

let site: DjangoSite;
let store: StoreDatabase;
let tributary: Tributary;
let folder: string;

beforeAll(async () => {
  site = await startDjangoSite();
  await site.createPeople([
    person('ada', TEMPORARY),
    person('björn.åkesson', TEMPORARY),
    person('new.grace', null),
    person('linus', 'another temporary secret'),
  ]);
  store = await createStoreDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-django-'));
  tributary = await startTributary({ databaseUrl: store.url, dataDirectory: folder, port: await freePort() });
});

afterAll(async () => {
  await tributary[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function person(
  username: string,
  password: string | null,
): Parameters<DjangoSite['createPeople']>[0][number] {
  return { username, email: `${username}@example.org`, password, first_name: username, last_name: 'Example' };
}

/** The definition an IT team would write for a Django site; people in `where` start with `onboarding`. */
async function definition(name: string, where: string, onboarding: string): Promise<string> {
  const { host, port, database } = site.database;
  const file = path.join(folder, `${name}.yaml`);
  const document = {
    name,
    connector: 'postgres',
    connection: {
      host,
      port,
      database,
      user: 'tributary_reader',
      password: '${SITE_ROLE_PASSWORD}',
      tls: 'disable',
    },
    template: 'django',
    source: { where },
    password: { onboarding },
  };
  await writeFile(file, stringify(document));
  return file;
}

async function registered(): Promise<void> {
  const staff = await definition('django-staff', "username NOT LIKE 'new.%'", 'force-reset');
  const newcomers = await definition('django-newcomers', "username LIKE 'new.%'", 'pre-registration');
  const applied = await tributary.run(['provider', 'apply', '-f', staff, newcomers]);
  expect(applied).toMatchObject({ code: 0 });
  await site.database.query(`CREATE ROLE tributary_reader LOGIN PASSWORD 'role password'`);
  const grants = await tributary.run(['provider', 'grants', 'django-staff']);
  await site.database.query(grants.stdout);
  for (const name of ['django-staff', 'django-newcomers']) {
    expect(await tributary.run(['provider', 'test', name])).toMatchObject({ code: 0 });
    expect(await tributary.run(['sync', name, '--wait'])).toMatchObject({ code: 0 });
  }
}

async function signIn(username: string, password: string): Promise<Visitor> {
  const visitor = new Visitor(tributary.origin);
  await visitor.open('/sign-in');
  await visitor.submit('/sign-in', { username, password });
  return visitor;
}

/** Writes back within the page's own wait or a little later: the row at the site says when. */
async function waitUntilAccepted(username: string, password: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const [accepted] = await site.authenticate([[username, password]]);
    if (accepted === true) return;
  }
  throw new Error(`Django never accepted the new password of ${username}`);
}

async function waitForWriteBack(username: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const { stdout } = await tributary.run(['write-back', 'list', '--state', 'written', '--json']);
    if (stdout.includes(`"username":"${username}"`)) return;
  }
  throw new Error(`the password of ${username} was never written back`);
}

describe('a stock Django site', () => {
  it('is registered with nothing but the rights that were printed, and its people are synced', async () => {
    await registered();
    const shown = await tributary.run(['profile', 'list', '--json']);
    const people = shown.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { username: string });
    expect(people.map(({ username }) => username).toSorted()).toEqual([
      'ada',
      'björn.åkesson',
      'linus',
      'new.grace',
    ]);
  });

  it('accepts the password that a person with force reset chooses on the hosted page, and refuses the old one', async () => {
    const visitor = await signIn('ada', TEMPORARY);
    expect(visitor.page.path).toBe('/password/change');
    expect((await visitor.open('/account')).path).not.toBe('/account');
    await visitor.open('/password/change');
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    expect(visitor.page.status).toBe(200);
    await waitUntilAccepted('ada', CHOSEN);
    expect(
      await site.authenticate([
        ['ada', CHOSEN],
        ['ada', TEMPORARY],
      ]),
    ).toEqual([true, false]);
    expect((await signIn('ada', CHOSEN)).page.path).toBe('/account');
    expect((await signIn('ada', TEMPORARY)).page.path).toBe('/sign-in');
  });

  it('accepts the first password that a pre-registered person sets from the e-mail', async () => {
    const mail = await tributary.mailTo('new.grace@example.org');
    const link = /https?:\/\/\S+\/password\/first\S*/.exec(mail.text)?.[0] ?? '';
    expect(mail.html).toContain('/password/first');
    const visitor = new Visitor(tributary.origin);
    await visitor.open(link);
    await visitor.open(link);
    await visitor.submit('/password/first', { password: FIRST, passwordAgain: FIRST });
    expect(visitor.page.status).toBe(200);
    await waitUntilAccepted('new.grace', FIRST);
    expect((await signIn('new.grace', FIRST)).page.path).toBe('/account');
    const again = await new Visitor(tributary.origin).open(link);
    expect(again.html).not.toContain('name="passwordAgain"');
  });

  it('does not mistake our own write for a change', async () => {
    const visitor = await signIn('björn.åkesson', TEMPORARY);
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    expect(visitor.page.status).toBe(200);
    await waitForWriteBack('björn.åkesson');
    const run = JSON.parse((await tributary.run(['sync', 'django-staff', '--wait', '--json'])).stdout) as {
      id: string;
    };
    const records = await tributary.run(['run', 'records', run.id, '--json']);
    const [row] = await site.database.query(
      `SELECT id::text FROM auth_user WHERE username = 'björn.åkesson'`,
    );
    expect(records.stdout).not.toContain(`"recordKey":"${String(row?.['id'])}"`);
    expect((await visitor.open('/account')).path).toBe('/account');
  });

  it('takes a password changed in Django at the next run, and ends the sessions of the old one', async () => {
    const visitor = await signIn('ada', CHOSEN);
    expect(visitor.page.path).toBe('/account');
    const [linus] = await site.database.query(`SELECT password FROM auth_user WHERE username = 'linus'`);
    await site.database.query(`UPDATE auth_user SET password = $1 WHERE username = 'ada'`, [
      linus?.['password'],
    ]);
    await tributary.run(['sync', 'django-staff', '--wait']);
    expect((await visitor.open('/account')).path).toBe('/sign-in');
    expect((await signIn('ada', CHOSEN)).page.path).toBe('/sign-in');
    expect((await signIn('ada', 'another temporary secret')).page.path).toBe('/account');
  });
});
