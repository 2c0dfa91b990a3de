import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import {
  startDevise,
  startLaravel,
  startMediawiki,
  startWordpress,
  type Application,
  type Person,
} from '../support/applications.ts';
import { findTemplate } from '../../connectors/templates/index.ts';
import { createStoreDatabase, type StoreDatabase } from '../support/databases.ts';
import { startMariadb, type MariadbServer } from '../support/mariadb.ts';
import { freePort } from '../support/processes.ts';
import { startTributary, type Tributary } from '../support/tributary.ts';
import { Visitor } from '../support/visitor.ts';
import { waitFor } from '../support/wait-for.ts';

const TEMPORARY = 'Temporary-Spring-1972';
const CHOSEN = 'seven silent rivers meet – at dawn';
/** One person in each application: an address belongs to one profile only. */
const personOf = (template: string): Person => ({
  username: `ada.${template}`,
  email: `ada@${template}.example`,
  password: TEMPORARY,
  givenName: 'Ada',
  familyName: 'Åkesson',
});

interface Case {
  readonly template: string;
  readonly start: () => Promise<Application>;
  readonly mapped: Readonly<Record<string, string | null>>;
  /** The login that the grants name, in the database's words. */
  readonly login: string;
}

let server: MariadbServer;
let store: StoreDatabase;
let tributary: Tributary;
let folder: string;
const applications = new Map<string, Application>();

const MYSQL_LOGIN = "CREATE USER NAME IDENTIFIED BY 'role password'";
const POSTGRES_LOGIN = "CREATE ROLE NAME LOGIN PASSWORD 'role password'";

const CASES: readonly Case[] = [
  {
    template: 'wordpress',
    start: async () => await startWordpress(server),
    mapped: { username: 'ada.wordpress', email: 'ada@wordpress.example', displayName: 'Ada Åkesson' },
    login: MYSQL_LOGIN,
  },
  {
    template: 'mediawiki',
    start: async () => await startMediawiki(server, folder),
    mapped: { username: 'Ada.mediawiki', email: 'ada@mediawiki.example', displayName: 'Ada Åkesson' },
    login: MYSQL_LOGIN,
  },
  {
    template: 'laravel',
    start: async () => await startLaravel(server),
    mapped: { username: 'ada@laravel.example', email: 'ada@laravel.example', displayName: 'Ada Åkesson' },
    login: MYSQL_LOGIN,
  },
  {
    template: 'rails-devise',
    start: async () => await startDevise(folder),
    mapped: { username: 'ada@rails-devise.example', email: 'ada@rails-devise.example' },
    login: POSTGRES_LOGIN,
  },
];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-applications-'));
  [server, store] = await Promise.all([startMariadb(), createStoreDatabase()]);
  await Promise.all([
    startTributary({ databaseUrl: store.url, dataDirectory: folder, port: await freePort() }).then((one) => {
      tributary = one;
    }),
    ...CASES.map(async ({ template, start }) => {
      const application = await start();
      applications.set(template, application);
      await application.createPeople([personOf(template)]);
    }),
  ]);
  const files = await Promise.all(CASES.map(async ({ template }) => await writeDefinition(template)));
  await run(['provider', 'apply', '-f', ...files]);
}, 600_000);

afterAll(async () => {
  await tributary[Symbol.asyncDispose]();
  for (const application of applications.values()) await application[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function applicationOf(template: string): Application {
  const application = applications.get(template);
  if (application === undefined) throw new Error(`${template} did not start`);
  return application;
}

async function run(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tributary.run(args);
  expect([args, code, stderr]).toEqual([args, 0, expect.anything()]);
  return stdout;
}

const linesOf = (printed: string): readonly Record<string, unknown>[] =>
  printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const loginOf = (template: string): string => `tributary_${template.replace('-', '_')}`;

/** What `provider init` writes, with the connection filled in and nothing else but what people start with. */
async function writeDefinition(template: string): Promise<string> {
  const file = path.join(folder, `${template}.yaml`);
  await run(['provider', 'init', '--template', template, '--out', file]);
  const document = parse(await readFile(file, 'utf8')) as Record<string, object>;
  const connection = {
    ...applicationOf(template).connection,
    user: loginOf(template),
    password: '${SITE_ROLE_PASSWORD}',
  };
  const password = { ...document['password'], onboarding: 'force-reset' };
  await writeFile(file, stringify({ ...document, connection, password }));
  return file;
}

async function grantWhatIsPrinted({ template, login }: Case): Promise<void> {
  const application = applicationOf(template);
  await application.administer(login.replace('NAME', loginOf(template)));
  const grants = await run(['provider', 'grants', template]);
  for (const statement of grants.split(/;\s*$/m))
    if (statement.replaceAll(/--.*/g, '').trim() !== '') await application.administer(statement);
}

describe.each(CASES)('$template, installed from Debian by its own code', (one) => {
  const { template, mapped } = one;
  const name = mapped['username'] ?? '';

  it('is recognised by its tables', async () => {
    const file = path.join(folder, 'whereabouts.yaml');
    const { connection, connector } = applicationOf(template);
    await writeFile(file, stringify({ name: 'somewhere', connector, connection }));
    const found = JSON.parse(await run(['provider', 'discover', '-f', file, '--json'])) as {
      applications: readonly { template: string }[];
    };
    expect(found.applications.map((each) => each.template)).toContain(template);
  });

  it('is read with the rights that were printed, and its people are mapped', async () => {
    await grantWhatIsPrinted(one);
    await run(['provider', 'test', template]);
    await run(['sync', template, '--wait']);
    const people = linesOf(await run(['profile', 'list', '--filter', `provider=${template}`, '--json']));
    expect(people.find(({ username }) => username === name)).toMatchObject(mapped);
  });

  it('accepts the password that a person chooses on the hosted page, and refuses the old one', async () => {
    const visitor = new Visitor(tributary.origin);
    await visitor.open('/sign-in');
    await visitor.submit('/sign-in', { username: name, password: TEMPORARY });
    expect(visitor.page.path).toBe('/password/change');
    await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
    expect(visitor.page.status).toBe(200);
    const answers = await waitFor(async () => {
      const said = await applicationOf(template).authenticate([
        [name, CHOSEN],
        [name, TEMPORARY],
        [name, `${CHOSEN}!`],
      ]);
      return said[0] === true ? said : null;
    });
    expect(answers).toEqual([true, false, false]);
  });
});

it('reads first and last names of WordPress through the query that its template names', async () => {
  const note = findTemplate('wordpress')?.notes.find((each) => each.includes('SELECT')) ?? '';
  const query = note.slice(note.indexOf('SELECT'));
  const document = {
    name: 'names',
    connector: 'mysql',
    connection: applicationOf('wordpress').connection,
    template: 'wordpress',
    source: { query },
    mapping: { givenName: 'first_name', familyName: 'last_name' },
    password: null,
  };
  const file = path.join(folder, 'names.yaml');
  await writeFile(file, stringify(document));
  const shown = await run(['provider', 'preview', '-f', file, '--json']);
  expect(shown).toContain('"givenName":"Ada","familyName":"Åkesson"');
});
