import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { startDjangoFile, type DjangoPeople } from '../support/django-site.ts';
import { freePort } from '../support/processes.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';
import { Visitor } from '../support/visitor.ts';

const TEMPORARY = 'Temporary-Spring-1972';
const CHOSEN = 'correct horse battery staple 42';

let folder: string;
let site: DjangoPeople;
let store: StoreDatabase;
let tributary: Tributary;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-e2e-sqlite-'));
  await mkdir(path.join(folder, 'site'));
  site = await startDjangoFile(path.join(folder, 'site/db.sqlite3'));
  await site.createPeople(['ada', 'bo'].map(person));
  store = await createStoreDatabase();
  tributary = await startTributary({
    databaseUrl: store.url,
    dataDirectory: path.join(folder, 'data'),
    port: await freePort(),
    sqliteFolder: path.join(folder, 'site'),
  });
});

afterAll(async () => {
  await tributary[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function person(username: string): Parameters<DjangoPeople['createPeople']>[0][number] {
  const email = `${username}@example.org`;
  return { username, email, password: TEMPORARY, first_name: username, last_name: 'Example' };
}

async function succeed(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tributary.run(args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('a Django site that keeps its people in a SQLite file', () => {
  it('is registered from a template that its tables are recognised by', async () => {
    const file = path.join(folder, 'site.yaml');
    await succeed('provider', 'init', '-t', 'django', '--connector', 'sqlite', '--name', 'site', '-o', file);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      `${text.replace('/srv/app/data/app.db', 'db.sqlite3')}\npassword: { onboarding: force-reset }\n`,
    );
    const again = await tributary.run(['provider', 'init', '-t', 'django', '--name', 'site', '-o', file]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('FILE_EXISTS') as unknown });
    const found = JSON.parse(await succeed('provider', 'discover', '-f', file, '--json')) as {
      applications: readonly { template: string; table: string }[];
    };
    expect(found.applications).toMatchObject([{ template: 'django', table: 'auth_user' }]);
    await succeed('provider', 'test', '-f', file);
    await succeed('provider', 'apply', '-f', file);
    await succeed('sync', 'site', '--wait');
    const people = await succeed('profile', 'list', '--json');
    expect(people).toContain('"username":"ada"');
    expect(people).toContain('"username":"bo"');
  });

  it('accepts the password that a person chooses here, and has no other file beside it', async () => {
    const visitor = new Visitor(tributary.origin);
    await visitor.open('/sign-in');
    await visitor.submit('/sign-in', { username: 'ada', password: TEMPORARY });
    expect(visitor.page.path).toBe('/password/change');
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    expect(visitor.page.status).toBe(200);
    let accepted: readonly boolean[] = [];
    for (let attempt = 0; attempt < 40 && accepted[0] !== true; attempt += 1)
      accepted = await site.authenticate([
        ['ada', CHOSEN],
        ['ada', TEMPORARY],
        ['bo', TEMPORARY],
      ]);
    expect(accepted).toEqual([true, false, true]);
    expect(await readdir(path.join(folder, 'site'))).toEqual(['db.sqlite3']);
  });

  it('refuses a file outside of the folder that is allowed', async () => {
    const file = path.join(folder, 'outside.yaml');
    await writeFile(
      file,
      'name: outside\nconnector: sqlite\ntemplate: django\nconnection: { file: ../data/secret.key }\n',
    );
    const tested = await tributary.run(['provider', 'test', '-f', file]);
    expect(tested.code).toBe(1);
    expect(tested.stdout).toContain('SOURCE_FILE_REFUSED');
  });
});
