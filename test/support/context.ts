import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderDefinition } from '../../connectors/contract/definition.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { openPush } from '../../connectors/push/index.ts';
import { openPostgres } from '../../connectors/postgres/index.ts';
import type { AppContext, AppSettings } from '../../src/app/context.ts';
import { openInbox } from '../../src/app/push/inbox.ts';
import { passwordBinding } from '../../src/app/providers/open-connector.ts';
import { connectorOptions } from '../../src/domain/providers/columns.ts';
import { newId } from '../../src/kernel/ids.ts';
import { Keyring } from '../../src/kernel/keyring.ts';
import { createPasswordHasher } from '../../src/passwords/create-hasher.ts';
import { ProviderEntity } from '../../src/store/entities/directory.ts';
import { aDefinition } from './builders.ts';
import {
  createSourceDatabase,
  createStoreDatabase,
  type SourceDatabase,
  type StoreDatabase,
} from './databases.ts';
import { withLogFeed } from './log-feed.ts';
import { silentLogger } from './logger.ts';
import type { PostgresServer } from './postgres.ts';

/** A store, what use cases are given, and a customer's database. */
export interface World extends AsyncDisposable {
  readonly context: AppContext;
  readonly database: StoreDatabase;
  readonly source: SourceDatabase;
  /** The installation's key, for processes of one's own. */
  readonly key: Buffer;
}

/** Providers of these names have the connector's own feed. */
const OWN_FEED: ReadonlySet<string> = new Set(['polled', 'listened', 'logged']);

/** Reads the providers of a test: PostgreSQL, with a change feed where the source has the tables of one. */
export function openTestProvider(
  database: Pick<SourceDatabase, 'url'>,
  context: () => Pick<AppContext, 'store' | 'keyring'>,
): AppContext['openProvider'] {
  return (definition, password) => {
    const tools = {
      logger: silentLogger,
      resolve: (host: string) => Promise.resolve(host),
      locate: (file: string) => Promise.resolve(file),
    };
    if (definition.connector === 'push')
      return Promise.resolve(
        openPush(
          { ...connectorOptions(definition), password },
          { ...tools, inbox: openInbox(context(), definition.name) },
        ),
      );
    const connector = openPostgres({ ...connectorOptions(definition), password }, tools);
    const { mode } = definition.changes;
    if (mode === 'none' || mode === 'push' || OWN_FEED.has(definition.name))
      return Promise.resolve(connector);
    return Promise.resolve(withLogFeed(connector, database.url, mode === 'poll' ? 'poll' : 'stream'));
  };
}

/** @param sql what the customer's database holds at first. @param server where it is, when not on the server of this jest run. */
export async function createWorld(
  sql = '',
  settings: Partial<AppSettings> = {},
  server?: PostgresServer,
): Promise<World> {
  const database = await createStoreDatabase();
  const source = await createSourceDatabase(sql, server);
  const passwords = createPasswordHasher();
  const key = randomBytes(32);
  const context: AppContext = {
    store: database.store,
    keyring: new Keyring(key),
    passwords,
    logger: silentLogger,
    openProvider: openTestProvider(source, () => context),
    settings: {
      productName: 'Access Management',
      publicUrl: 'http://localhost:4600',
      sharedEmail: false,
      registrationLinkHours: 72,
      resetLinkMinutes: 60,
      sessionHours: 12,
      dataDirectory: join(tmpdir(), 'tributary-test-none'),
      ...settings,
    },
  };
  return {
    context,
    database,
    source,
    key,
    [Symbol.asyncDispose]: async () => {
      await passwords[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await source[Symbol.asyncDispose]();
    },
  };
}

/** Registers the customer's database; `over` replaces parts of {@link aDefinition}. */
export async function aProvider(world: World, over: Partial<ProviderDefinition> = {}): Promise<string> {
  const { host, port, database, user, password } = world.source;
  const connection = { host, port, database, user, tls: 'disable' as const };
  const definition = aDefinition({ connection, ...over });
  const id = newId();
  await world.context.store.read.insert(ProviderEntity, {
    id,
    name: definition.name,
    connector: definition.connector,
    // TypeORM types a jsonb insert as a deep partial, which a closed union is not.
    definition: definition as object,
    password: world.context.keyring.seal(new Secret(password), passwordBinding(id)),
  });
  return id;
}

/** The table that {@link aDefinition} reads. */
export const PEOPLE = `
  CREATE TABLE people (
    id bigint PRIMARY KEY, login text, mail text, first_name text, last_name text,
    active boolean NOT NULL DEFAULT true, dept text, pw_hash text, must_change boolean NOT NULL DEFAULT false);
`;

/** @returns SQL that adds `count` people, from `first` on. */
export function people(count: number, first = 1): string {
  return `INSERT INTO people (id, login, mail, first_name, last_name, dept, pw_hash)
    SELECT n, 'user' || n, 'user' || n || '@example.org', 'Given' || n, 'Family' || n, 'Dept' || n % 7, 'hash-' || n
    FROM generate_series(${String(first)}, ${String(first + count - 1)}) AS n;`;
}
