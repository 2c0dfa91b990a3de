import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Secret } from '../../connectors/contract/secret.ts';
import { Store } from '../../src/store/store.ts';
import { silentLogger } from './logger.ts';
import { readServerFacts, type ServerFacts } from './server-facts.ts';

/** A migrated store of one's own; dropped when disposed. */
export interface StoreDatabase extends AsyncDisposable {
  readonly store: Store;
  readonly url: string;
}

/** An empty database of one's own, with a superuser's login; dropped when disposed. */
export interface SourceDatabase extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  query(sql: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

/** @param poolSize connections; at least one more than the transactions a test holds open at once. */
export async function createStoreDatabase(poolSize = 10): Promise<StoreDatabase> {
  const facts = readServerFacts();
  const name = await createDatabase('store', facts.template, facts);
  const url = urlOf(facts, name);
  const store = await Store.open({ url: new Secret(url), poolSize, logger: silentLogger });
  return {
    store,
    url,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await dropDatabase(name, facts);
    },
  };
}

/** @param sql statements to run first. @param facts another server than the one of this jest run. */
export async function createSourceDatabase(
  sql = '',
  facts: Login = readServerFacts(),
): Promise<SourceDatabase> {
  const database = await createDatabase('source', 'template0', facts);
  const pool = new pg.Pool({ connectionString: urlOf(facts, database), max: 4 });
  pool.on('error', () => undefined);
  if (sql !== '') await pool.query(sql);
  const { host, port, user, password } = facts;
  return {
    ...{ host, port, user, password },
    database,
    url: urlOf(facts, database),
    query: async (text, params = []) => {
      const result = await pool.query<Record<string, unknown>>(text, [...params]);
      return result.rows;
    },
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await dropDatabase(database, facts);
    },
  };
}

/** A server, and its administrator. */
type Login = Omit<ServerFacts, 'template'>;

async function createDatabase(purpose: string, template: string, facts: Login): Promise<string> {
  const name = `${purpose}_${randomBytes(8).toString('hex')}`;
  await onServer(facts, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return name;
}

async function dropDatabase(name: string, facts: Login): Promise<void> {
  await onServer(facts, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Cloning fails while another worker clones the same template: wait for its turn under an advisory lock. */
async function onServer(facts: Login, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(facts, 'postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(4600)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function urlOf(facts: Login, database: string): string {
  return `postgres://${facts.user}:${facts.password}@${facts.host}:${String(facts.port)}/${database}`;
}
