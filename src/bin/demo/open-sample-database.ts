import pg from 'pg';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { AppContext } from '../../app/context.ts';
import { createSampleDatabase, SAMPLE_DATABASE } from './sample-database.ts';

/** How Tributary reaches the sample customer. */
export interface SampleAddress {
  readonly host: string;
  readonly port: number;
  readonly password: Secret;
}

/** Makes the sample customer's database beside the store's, in the same embedded server, unless it is there. */
export async function openSampleDatabase(context: AppContext): Promise<SampleAddress> {
  const url = new URL(context.store.url);
  await createDatabase(url);
  const beside = new URL(url);
  beside.pathname = `/${SAMPLE_DATABASE}`;
  // The same each time, without a place to keep it: only this installation's key gives it.
  const password = new Secret(context.keyring.deriveToken('demo/acme-hr').toString('base64url'));
  await createSampleDatabase(beside.href, password);
  return { host: url.hostname, port: Number(url.port), password };
}

async function createDatabase(url: URL): Promise<void> {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [SAMPLE_DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${SAMPLE_DATABASE}`);
    // Of the store's databases a customer's login must not even see the names of tables.
    await client.query('REVOKE CONNECT ON DATABASE tributary, postgres FROM PUBLIC');
  } finally {
    await client.end();
  }
}
