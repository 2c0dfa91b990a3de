import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createSourceDatabase, type SourceDatabase } from './databases.ts';
import { requireProgram } from './programs.ts';

/** What `create_user` takes. */
export interface DjangoPerson {
  readonly username: string;
  readonly email: string;
  /** Null: Django marks the password as unusable. */
  readonly password: string | null;
  readonly first_name: string;
  readonly last_name: string;
}

/** A site with a database of its own, made by Django's own migrations. */
export interface DjangoSite extends DjangoPeople, AsyncDisposable {
  readonly database: SourceDatabase;
}

/** What Django itself does with its people. */
export interface DjangoPeople {
  createPeople(people: readonly DjangoPerson[]): Promise<void>;
  /** What Django's own `authenticate()` says of each pair. */
  authenticate(
    pairs: readonly (readonly [username: string, password: string])[],
  ): Promise<readonly boolean[]>;
}

const SCRIPTS = path.resolve('test/support/django');
/** Debian's own interpreter: the one that Debian's packages belong to. */
const PYTHON = '/usr/bin/python3';

export async function startDjangoSite(): Promise<DjangoSite> {
  const database = await createSourceDatabase();
  const people = await migrated({
    SITE_HOST: database.host,
    SITE_PORT: String(database.port),
    SITE_DATABASE: database.database,
    SITE_USER: database.user,
    SITE_PASSWORD: database.password,
  });
  return { database, ...people, [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose]() };
}

/** The same in a SQLite file, which Django makes. */
export async function startDjangoFile(file: string): Promise<DjangoPeople> {
  return await migrated({ SITE_FILE: file });
}

async function migrated(site: Readonly<Record<string, string>>): Promise<DjangoPeople> {
  await requireProgram('django-admin', ['python3-django', 'python3-psycopg2']);
  const run = async (args: readonly string[], input: unknown = null): Promise<string> =>
    await runPython(site, args, JSON.stringify(input));
  await run(['-m', 'django', 'migrate', '--verbosity', '0']);
  return {
    createPeople: async (people) => {
      await run([path.join(SCRIPTS, 'people.py')], people);
    },
    authenticate: async (pairs) =>
      JSON.parse(await run([path.join(SCRIPTS, 'authenticate.py')], pairs)) as readonly boolean[],
  };
}

async function runPython(
  site: Readonly<Record<string, string>>,
  args: readonly string[],
  input: string,
): Promise<string> {
  const child = spawn(PYTHON, [...args], {
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: SCRIPTS,
      PYTHONDONTWRITEBYTECODE: '1',
      DJANGO_SETTINGS_MODULE: 'settings',
      ...site,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  const ended = once(child, 'exit');
  const output = await text(child.stdout);
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`python3 ${args.join(' ')} ended with ${code}`);
  return output;
}
