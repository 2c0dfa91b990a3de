import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createSourceDatabase } from './databases.ts';
import { findFolder, type DebianFolder, type DebianPackages, type MissingFolder } from './debian-folder.ts';
import type { MariadbServer } from './mariadb.ts';
import { requirePackages } from './programs.ts';

/** What an application's own code makes a person of. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly givenName: string;
  readonly familyName: string;
}

/** An application from Debian with a database that its own installer made. */
export interface Application extends AsyncDisposable {
  readonly connector: 'mysql' | 'postgres';
  /** With the administrator's login. */
  readonly connection: Whereabouts & { readonly tls: 'disable' };
  /** Runs one statement as the administrator of the database. */
  administer(sql: string): Promise<Record<string, unknown>[]>;
  createPeople(people: readonly Person[]): Promise<void>;
  /** What the application's own check of passwords says of each pair. */
  authenticate(pairs: readonly (readonly [name: string, password: string])[]): Promise<readonly boolean[]>;
}

const SCRIPTS = path.resolve('test/support/applications');
/** Debian's own interpreters: those that Debian's packages belong to. */
const PHP = '/usr/bin/php';
const RUBY = '/usr/bin/ruby';
const MEDIAWIKI_INSTALLER = '/usr/share/mediawiki/maintenance/install.php';

const ADMINISTRATOR: Person = {
  username: 'Administrator',
  email: 'administrator@example.org',
  password: 'nobody signs in with this',
  givenName: 'The',
  familyName: 'Administrator',
};

export async function startWordpress(server: MariadbServer, database: string): Promise<Application> {
  await requirePackages(['wordpress', 'php-cli', 'php-mysql']);
  const site = await siteOn(server, database);
  await runScript([PHP, path.join(SCRIPTS, 'wordpress.php'), 'install'], site.env, ADMINISTRATOR);
  return { ...site, ...peopleOf([PHP, path.join(SCRIPTS, 'wordpress.php')], site.env) };
}

/** @param folder where the installer writes its settings; a database of its own on the server, else on the tests' PostgreSQL. */
export async function startMediawiki(folder: string, server: MariadbServer | null): Promise<Application> {
  await requirePackages(['mediawiki', 'php-cli', 'php-mysql', 'php-pgsql']);
  const site = await (server === null ? siteOnPostgres() : siteOn(server, 'mediawiki'));
  const { host, port, database, user, password } = site.connection;
  const confpath = await mkdtemp(path.join(folder, 'mediawiki-'));
  const settings = {
    ...(site.connector === 'mysql'
      ? { dbtype: 'mysql', dbserver: `${host}:${String(port)}` }
      : { dbtype: 'postgres', dbserver: host, dbport: String(port) }),
    dbname: database,
    dbuser: user,
    dbpass: password,
    confpath,
    server: 'http://wiki.example',
    skins: '',
    pass: ADMINISTRATOR.password,
  };
  const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  await runScript([PHP, MEDIAWIKI_INSTALLER, ...options, 'Tests', ADMINISTRATOR.username], {}, null);
  const env = { MW_CONFIG_FILE: path.join(confpath, 'LocalSettings.php') };
  return { ...site, ...peopleOf([PHP, path.join(SCRIPTS, 'mediawiki.php')], env) };
}

export async function startLaravel(server: MariadbServer): Promise<Application> {
  await requirePackages(['php-laravel-framework', 'php-cli', 'php-mysql']);
  const site = await siteOn(server, 'laravel');
  await runScript([PHP, path.join(SCRIPTS, 'laravel.php'), 'install'], site.env, null);
  return { ...site, ...peopleOf([PHP, path.join(SCRIPTS, 'laravel.php')], site.env) };
}

/** @param folder where the application's own files are generated. */
export async function startDevise(folder: string): Promise<Application> {
  await requirePackages(['ruby-devise', 'ruby-rails', 'ruby-pg']);
  const site = await siteOnPostgres();
  const env = { ...site.env, SITE_FOLDER: await mkdtemp(path.join(folder, 'devise-')) };
  await runScript([RUBY, path.join(SCRIPTS, 'devise.rb'), 'install'], env, null);
  return { ...site, ...peopleOf([RUBY, path.join(SCRIPTS, 'devise.rb')], env) };
}

/** Debian had Odoo 14 in this release, and 19 at last, which does not start with the Python beside it. */
const ODOO: DebianPackages = {
  what: 'Odoo',
  name: 'odoo-14',
  release: 'bullseye',
  packages: ['odoo-14'],
  without: [
    ...[
      'wkhtmltopdf',
      'postgresql-client',
      'adduser',
      'lsb-base',
      'perl',
      'dpkg',
      'tar',
      'coreutils',
      'graphviz',
    ],
    ...['fonts-glyphicons-halflings', 'fonts-inconsolata', 'fonts-font-awesome', 'fonts-roboto-unhinted'],
    ...['libjs-jquery', 'libjs-jquery-ui', 'libjs-underscore', 'mime-support', 'media-types'],
  ],
};

/** Odoo's own programs; why they cannot be had, otherwise. */
export async function findOdoo(): Promise<DebianFolder | MissingFolder> {
  return await findFolder(ODOO);
}

/** @param folder where Odoo keeps its sessions and files. */
export async function startOdoo(found: DebianFolder | MissingFolder, folder: string): Promise<Application> {
  if ('missing' in found) throw new Error(found.missing);
  const { root, loader } = found;
  const site = await siteOnPostgres();
  const env = {
    ...site.env,
    SITE_FOLDER: await mkdtemp(path.join(folder, 'odoo-')),
    PYTHONHOME: path.join(root, 'usr'),
  };
  const python = [...loader, path.join(root, 'usr/bin/python3.9'), '-W', 'ignore'];
  const script = [...python, path.join(SCRIPTS, 'odoo_site.py')];
  await runScript([...script, 'install'], env, null);
  return { ...site, ...peopleOf(script, env) };
}

type Variables = Readonly<Record<string, string>>;

/** A database that an application is about to be installed in. */
type Site = Omit<Application, 'createPeople' | 'authenticate'> & { readonly env: Variables };

/** On a server that outlives it. */
async function siteOn(server: MariadbServer, database: string): Promise<Site> {
  await server.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  const client = await server.connect(database);
  return {
    connector: 'mysql',
    connection: whereaboutsOf({ ...server, database }),
    env: siteVariables({ ...server, database }),
    administer: async (sql) => {
      const [rows] = await client.query(sql);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    },
    [Symbol.asyncDispose]: async () => await client.end(),
  };
}

async function siteOnPostgres(): Promise<Site> {
  const database = await createSourceDatabase();
  return {
    connector: 'postgres',
    connection: whereaboutsOf(database),
    env: siteVariables(database),
    administer: async (sql) => await database.query(sql),
    [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
  };
}

interface Whereabouts {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

function whereaboutsOf({ host, port, database, user, password }: Whereabouts): Application['connection'] {
  return { host, port, database, user, password, tls: 'disable' };
}

function siteVariables({ host, port, database, user, password }: Whereabouts): Variables {
  return {
    SITE_HOST: host,
    SITE_PORT: String(port),
    SITE_DATABASE: database,
    SITE_USER: user,
    SITE_PASSWORD: password,
  };
}

function peopleOf(
  script: readonly string[],
  env: Variables,
): Pick<Application, 'createPeople' | 'authenticate'> {
  return {
    createPeople: async (people) => {
      await runScript([...script, 'people'], env, people);
    },
    authenticate: async (pairs) =>
      JSON.parse(await runScript([...script, 'authenticate'], env, pairs)) as readonly boolean[],
  };
}

/** @param input what the script reads, as JSON. @returns what it printed. */
async function runScript(command: readonly string[], env: Variables, input: unknown): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(input));
  const ended = once(child, 'exit');
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${String(code)}:\n${output}${complaints}`);
  return output;
}
