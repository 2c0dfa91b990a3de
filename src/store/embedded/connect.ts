import pg from 'pg';
import type { Secret } from '../../../connectors/contract/secret.ts';

/** The superuser that initdb makes. */
export const SUPERUSER = 'tributary';
export const HOST = '127.0.0.1';

/** Runs `work` on a connection of its own to the embedded server's `postgres` database. */
export async function withConnection<T>(
  port: number,
  password: Secret,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: HOST,
    port,
    user: SUPERUSER,
    password: password.reveal(),
    database: 'postgres',
    application_name: 'tributary-launcher',
    connectionTimeoutMillis: 5_000,
    query_timeout: 60_000,
  });
  // A connection that breaks while idle emits an error that nobody awaits.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
