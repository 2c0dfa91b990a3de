import { Redis } from 'ioredis';
import pg from 'pg';
import type { Secret } from '../connectors/contract/secret.ts';

const LIMIT_MS = 5_000;

/** Resolves when what holds the queues answers; rejects with the reason. @param redisUrl null: the store holds them. */
export async function checkQueues(redisUrl: Secret | null, storeUrl: Secret): Promise<void> {
  await (redisUrl === null ? askPostgres(storeUrl) : askRedis(redisUrl));
}

async function askPostgres(url: Secret): Promise<void> {
  const client = new pg.Client({
    connectionString: url.reveal(),
    connectionTimeoutMillis: LIMIT_MS,
    query_timeout: LIMIT_MS,
  });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function askRedis(url: Secret): Promise<void> {
  const redis = new Redis(url.reveal(), {
    lazyConnect: true,
    connectTimeout: LIMIT_MS,
    commandTimeout: LIMIT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The reason comes with the rejection as well; an error event that nobody hears ends the process.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
