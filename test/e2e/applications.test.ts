import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import {
  findOdoo,
  startDevise,
  startLaravel,
  startMediawiki,
  startOdoo,
  startWordpress,
  type Application,
  type Person,
} from '../support/applications.ts';
import { describeWith } from '../support/debian-folder.ts';
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
const personOf = (name: string): Person => ({
  username: `ada.${name}`,
  email: `ada@${name}.example`,
  password: TEMPORARY,
  givenName: 'Ada',
  familyName: 'Åkesson',
});

interface Case {
  /** Of the provider. */
  readonly name: string;
  readonly template: string;
  readonly start: () => Promise<Application>;
  readonly username: string;
  readonly mapped: Readonly<Record<string, string | null>>;
  /** What the owner of the database does first, and what the definition says besides. */
  readonly prepare?: (application: Application) => Promise<unknown>;
  readonly over?: Readonly<Record<string, object>>;
  /** Skips where the application cannot be had. */
  readonly describe?: typeof describe | typeof describe.skip;
}

/** The statement that a template's note gives. */
function statementOf(template: string, beginning: string): string {
  const note = findTemplate(template)?.notes.find((each) => each.includes(beginning)) ?? '';
  return note.slice(note.indexOf(beginning));
}

let server: MariadbServer;
let store: StoreDatabase;
let tributary: Tributary;
let folder: string;
const applications = new Map<string, Application>();

const odoo = await findOdoo();

const CASES: readonly Case[] = [
  {
    name: 'wordpress',
    template: 'wordpress',
    start: async () => await startWordpress(server, 'wordpress'),
    username: 'ada.wordpress',
    mapped: { displayName: 'Ada Åkesson' },
  },
  {
    name: 'wordpress-names',
    template: 'wordpress',
    start: async () => await startWordpress(server, 'wordpress_names'),
    prepare: async (application) => await application.administer(statementOf('wordpress', 'CREATE VIEW')),
    over: {
      source: { table: 'tributary_people', key: ['ID'] },
      mapping: { givenName: 'first_name', familyName: 'last_name' },
    },
    username: 'ada.wordpress-names',
    mapped: { displayName: 'Ada Åkesson', givenName: 'Ada', familyName: 'Åkesson' },
  },
  {
    name: 'mediawiki',
    template: 'mediawiki',
    start: async () => await startMediawiki(folder, server),
    username: 'Ada.mediawiki',
    mapped: { displayName: 'Ada Åkesson' },
  },
  {
    name: 'mediawiki-postgres',
    template: 'mediawiki',
    start: async () => await startMediawiki(folder, null),
    username: 'Ada.mediawiki-postgres',
    mapped: { displayName: 'Ada Åkesson' },
  },
  {
    name: 'laravel',
    template: 'laravel',
    start: async () => await startLaravel(server),
    username: 'ada@laravel.example',
    mapped: { displayName: 'Ada Åkesson' },
  },
  {
    name: 'devise',
    template: 'rails-devise',
    start: async () => await startDevise(folder),
    username: 'ada@devise.example',
    mapped: { displayName: null },
  },
  {
    name: 'odoo',
    template: 'odoo',
    start: async () => await startOdoo(odoo, folder),
    describe: describeWith(odoo),
    username: 'ada@odoo.example',
    mapped: { displayName: null },
  },
];

const PRESENT = CASES.filter((one) => one.describe !== describe.skip);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tributary-applications-'));
  [server, store] = await Promise.all([startMariadb(), createStoreDatabase()]);
  await Promise.all([
    startTributary({ databaseUrl: store.url, dataDirectory: folder, port: await freePort() }).then((one) => {
      tributary = one;
    }),
    ...PRESENT.map(async ({ name, start, prepare }) => {
      const application = await start();
      await prepare?.(application);
      applications.set(name, application);
      await application.createPeople([personOf(name)]);
    }),
  ]);
  const files = await Promise.all(PRESENT.map(async (one) => await writeDefinition(one)));
  await run(['provider', 'apply', '-f', ...files]);
}, 600_000);

afterAll(async () => {
  await tributary[Symbol.asyncDispose]();
  for (const application of applications.values()) await application[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function applicationOf(name: string): Application {
  const application = applications.get(name);
  if (application === undefined) throw new Error(`${name} did not start`);
  return application;
}

async function run(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tributary.run(args);
  expect([args, code, stderr]).toEqual([args, 0, expect.anything()]);
  return stdout;
}

const loginOf = (name: string): string => `tributary_${name.replaceAll('-', '_')}`;

/** What `provider init` writes, with the connection filled in and nothing else but what people start with. */
async function writeDefinition({ name, template, over = {} }: Case): Promise<string> {
  const file = path.join(folder, `${name}.yaml`);
  const { connector, connection } = applicationOf(name);
  const init = ['provider', 'init', '--template', template, '--connector', connector, '--name', name];
  await run([...init, '--out', file]);
  const document = parse(await readFile(file, 'utf8')) as Record<string, object>;
  const login = { user: loginOf(name), password: '${SITE_ROLE_PASSWORD}' };
  const password = { ...document['password'], onboarding: 'force-reset' };
  const mapping = { ...document['mapping'], ...over['mapping'] };
  await writeFile(
    file,
    stringify({ ...document, ...over, mapping, connection: { ...connection, ...login }, password }),
  );
  return file;
}

const CREATE_LOGIN = {
  mysql: (login: string) => `CREATE USER ${login} IDENTIFIED BY 'role password'`,
  postgres: (login: string) => `CREATE ROLE ${login} LOGIN PASSWORD 'role password'`,
};

async function grantWhatIsPrinted(name: string): Promise<void> {
  const application = applicationOf(name);
  await application.administer(CREATE_LOGIN[application.connector](loginOf(name)));
  const grants = await run(['provider', 'grants', name]);
  for (const statement of grants.split(/;\s*$/m))
    if (statement.replaceAll(/--.*/g, '').trim() !== '') await application.administer(statement);
}

for (const one of CASES)
  (one.describe ?? describe)(`${one.name}, installed from Debian by its own code`, () => {
    const { name, template, username, mapped } = one;

    it('is recognised by its tables', async () => {
      const file = path.join(folder, 'whereabouts.yaml');
      const { connection, connector } = applicationOf(name);
      await writeFile(file, stringify({ name: 'somewhere', connector, connection }));
      const found = JSON.parse(await run(['provider', 'discover', '-f', file, '--json'])) as {
        applications: readonly { template: string }[];
      };
      expect(found.applications.map((each) => each.template)).toContain(template);
    });

    it('is read with the rights that were printed, and its people are mapped', async () => {
      await grantWhatIsPrinted(name);
      await run(['provider', 'test', name]);
      await run(['sync', name, '--wait']);
      const { fields } = JSON.parse(await run(['profile', 'show', username, '--json'])) as {
        fields: readonly { name: string; value: string | null }[];
      };
      const values = Object.fromEntries(fields.map(({ name: field, value }) => [field, value]));
      expect(values).toMatchObject({ email: personOf(name).email, ...mapped });
    });

    it('accepts the password that a person chooses on the hosted page, and refuses the old one', async () => {
      const visitor = new Visitor(tributary.origin);
      await visitor.open('/sign-in');
      await visitor.submit('/sign-in', { username, password: TEMPORARY });
      expect(visitor.page.path).toBe('/password/change');
      await visitor.submit('/password/change', { password: CHOSEN, passwordAgain: CHOSEN });
      expect(visitor.page.status).toBe(200);
      const answers = await waitFor(async () => {
        const said = await applicationOf(name).authenticate([
          [username, CHOSEN],
          [username, TEMPORARY],
          [username, `${CHOSEN}!`],
        ]);
        return said[0] === true ? said : null;
      });
      expect(answers).toEqual([true, false, false]);
    });
  });
