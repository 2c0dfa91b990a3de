import { createPostgresBackend, isPgPool, runMigrations, withBackend, type PgPool } from 'bullmq';
import pg from 'pg';
import type { Secret } from '../connectors/contract/secret.ts';
import type { Logger } from '../connectors/contract/tools.ts';
import type { OutboxKind } from '../src/app/outbox/claim-effects.ts';
import {
  JOB_OPTIONS,
  logErrors,
  QUEUE_NAMES,
  WORKER_OPTIONS,
  type InspectedQueue,
  type JobPayload,
  type QueueBackend,
} from './queues.ts';

const SCHEMA = 'bullmq';

/** Three workers keep one connection each for LISTEN; the rest is for short statements. */
const POOL_SIZE = 9;

/** Makes the tables of the queues in their own schema, or brings them up to date. Any number of processes may call it at once. */
export async function migrateQueues(url: Secret): Promise<void> {
  const client = new pg.Client({ ...connectionOptions(url), application_name: 'tributary-migrate' });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

/** Queues in the store's own PostgreSQL. The schema must have been migrated. */
export function openPostgresBackend(url: Secret, logger: Logger): QueueBackend {
  const pool = openPool(url);
  logErrors(pool, logger, 'connections');
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const open = (kind: OutboxKind) => {
    const queue = new Queue<JobPayload>(QUEUE_NAMES[kind], {
      connection: pool,
      defaultJobOptions: JOB_OPTIONS,
    });
    logErrors(queue, logger, QUEUE_NAMES[kind]);
    return queue;
  };
  return {
    // The type of a queue names the backend that it was opened with; what can be asked of it is the same.
    openInspected: (kind) => open(kind) as unknown as InspectedQueue,
    openQueue: open,
    openWorker: ({ kind, concurrency, perform, drained }) => {
      const worker = new Worker<JobPayload>(QUEUE_NAMES[kind], async (job) => await perform(job.data), {
        connection: pool,
        concurrency,
        ...WORKER_OPTIONS,
      });
      logErrors(worker, logger, QUEUE_NAMES[kind]);
      worker.on('drained', drained);
      return worker;
    },
    [Symbol.asyncDispose]: async () => await pool.end(),
  };
}

function connectionOptions(url: Secret): pg.ClientConfig {
  return { connectionString: url.reveal(), connectionTimeoutMillis: 10_000, keepAlive: true };
}

/** One pool for all, because each queue and worker would open its own. A pool given to BullMQ has to name the schema. */
function openPool(url: Secret): PgPool {
  const pool: unknown = new pg.Pool({
    ...connectionOptions(url),
    application_name: 'tributary-queues',
    options: `-c search_path=${SCHEMA}`,
    max: POOL_SIZE,
  });
  if (!isPgPool(pool)) throw new Error('this version of BullMQ does not take pools of this version of pg');
  return pool;
}
