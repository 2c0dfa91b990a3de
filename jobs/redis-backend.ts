import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Secret } from '../connectors/contract/secret.ts';
import type { Logger } from '../connectors/contract/tools.ts';
import {
  JOB_OPTIONS,
  logErrors,
  QUEUE_NAMES,
  WORKER_OPTIONS,
  type JobPayload,
  type QueueBackend,
} from './queues.ts';

/** Keeps our keys apart from those of others in the same Redis. */
const PREFIX = 'tributary';

/** An add to a Redis that does not answer must fail: the row in the outbox stays, and is relayed again. */
const ADD_TIMEOUT_MS = 2_000;

/** Queues in Redis. Connects in the background; a Redis that is down is waited for. */
export function openRedisBackend(url: Secret, logger: Logger): QueueBackend {
  const producer = new Redis(url.reveal(), {
    enableOfflineQueue: false,
    commandTimeout: ADD_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
  });
  const consumer = new Redis(url.reveal(), { maxRetriesPerRequest: null });
  for (const connection of [producer, consumer]) logErrors(connection, logger, 'Redis connection');
  consumer.once('ready', () => void warnOfEviction(consumer, logger));
  const openInspected: QueueBackend['openInspected'] = (kind) => {
    const queue = new Queue<JobPayload>(QUEUE_NAMES[kind], {
      connection: producer,
      prefix: PREFIX,
      defaultJobOptions: JOB_OPTIONS,
    });
    logErrors(queue, logger, QUEUE_NAMES[kind]);
    return queue;
  };
  return {
    openInspected,
    openQueue: (kind) => {
      const queue = openInspected(kind);
      return {
        addBulk: async (jobs) => await withinTime(queue.addBulk(jobs)),
        close: async () => await queue.close(),
      };
    },
    openWorker: ({ kind, concurrency, perform, drained }) => {
      const worker = new Worker<JobPayload>(QUEUE_NAMES[kind], async (job) => await perform(job.data), {
        connection: consumer,
        prefix: PREFIX,
        concurrency,
        ...WORKER_OPTIONS,
      });
      logErrors(worker, logger, QUEUE_NAMES[kind]);
      worker.on('drained', drained);
      return worker;
    },
    [Symbol.asyncDispose]: () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}

/** BullMQ waits without end for a Redis that is not there. What is added late all the same finds its row leased or settled. */
async function withinTime<T>(adding: Promise<T>): Promise<T> {
  adding.catch(() => undefined);
  const over = new AbortController();
  const late = sleep(2 * ADD_TIMEOUT_MS, null, { signal: over.signal }).then(() => {
    throw new Error('Redis does not answer');
  });
  try {
    return await Promise.race([adding, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

/** Redis throws away keys of queues under any other policy when its memory is full, without a word. */
async function warnOfEviction(redis: Redis, logger: Logger): Promise<void> {
  try {
    const info = await redis.info('memory');
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      logger.error('Redis may evict the queues: set its maxmemory-policy to noeviction', { policy });
  } catch (error) {
    logger.warn('the memory policy of Redis could not be read; it has to be noeviction', { error });
  }
}
