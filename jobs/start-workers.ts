import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '../connectors/contract/secret.ts';
import type { AppContext } from '../src/app/context.ts';
import type { SendMail } from '../src/app/mail/send-mail.ts';
import type { OutboxKind } from '../src/app/outbox/claim-effects.ts';
import { startFollowers } from './followers.ts';
import { migrateQueues, openPostgresBackend } from './postgres-backend.ts';
import { runProcessor } from './processors/carry-out-run.ts';
import { emailProcessor } from './processors/send-email.ts';
import { writeBackProcessor } from './processors/write-back-password.ts';
import { KINDS, type JobQueue, type JobWorker, type QueueBackend } from './queues.ts';
import { openRedisBackend } from './redis-backend.ts';
import { startRelay } from './relay.ts';
import { startSchedule } from './schedule.ts';
import { startWorker } from './worker.ts';

export interface WorkersOptions {
  /** Null: the queues live in the store's own PostgreSQL. */
  readonly redisUrl: Secret | null;
  readonly roles: { readonly worker: boolean; readonly scheduler: boolean };
  readonly sendMail: SendMail;
  /** How many of each kind are under way at once in this process; at least 1. */
  readonly concurrency: number;
}

/** Together under the 30 s in which a process has to be gone. */
const FINISH_MS = 12_000;
const HAND_BACK_MS = 7_000;
const CLOSE_MS = 2_000;

/**
 * Starts what this process is to do in the background: carry out runs, send
 * e-mails and write passwords back as a worker; start runs as a scheduler.
 *
 * Disposing ends it within 30 s: nothing new is begun, runs are handed back at
 * once at their last batch, e-mails and write-backs may finish and are handed
 * back if they do not. Whoever works next goes on.
 */
export async function startWorkers(context: AppContext, options: WorkersOptions): Promise<AsyncDisposable> {
  const work = options.roles.worker ? await startWork(context, options) : null;
  const schedule = options.roles.scheduler ? startSchedule(context) : null;
  return {
    [Symbol.asyncDispose]: async () => {
      await schedule?.[Symbol.asyncDispose]();
      await work?.[Symbol.asyncDispose]();
    },
  };
}

async function startWork(context: AppContext, options: WorkersOptions): Promise<AsyncDisposable> {
  const backend = await openBackend(context, options.redisUrl);
  const relayStop = new AbortController();
  const queues = {
    run: backend.openQueue('run'),
    email: backend.openQueue('email'),
    'write-back': backend.openQueue('write-back'),
  };
  const relay = startRelay(context, queues, relayStop.signal);
  const processors = {
    run: runProcessor(context),
    email: emailProcessor(context, options.sendMail),
    'write-back': writeBackProcessor(context),
  };
  const stops = {
    run: new AbortController(),
    email: new AbortController(),
    'write-back': new AbortController(),
  };
  const workers = KINDS.map((kind) =>
    startWorker(context, backend, {
      kind,
      processor: processors[kind],
      concurrency: options.concurrency,
      stop: stops[kind].signal,
      drained: relay.wake,
    }),
  );
  const followers = startFollowers(context);
  return {
    [Symbol.asyncDispose]: async () => {
      relayStop.abort();
      const handedBack = Promise.resolve(followers[Symbol.asyncDispose]());
      await Promise.all([relay.ended, endsWithin(handedBack, HAND_BACK_MS)]);
      await stopWorkers(workers, stops);
      await closeQueues(queues);
      await backend[Symbol.asyncDispose]();
    },
  };
}

async function openBackend(context: AppContext, redisUrl: Secret | null): Promise<QueueBackend> {
  if (redisUrl !== null) return openRedisBackend(redisUrl, context.logger);
  const url = new Secret(context.store.url);
  await migrateQueues(url);
  return openPostgresBackend(url, context.logger);
}

async function stopWorkers(
  workers: readonly JobWorker[],
  stops: Readonly<Record<OutboxKind, AbortController>>,
): Promise<void> {
  const closing = Promise.all(workers.map((worker) => worker.close()));
  stops.run.abort(STOPPING);
  if (await endsWithin(closing, FINISH_MS)) return;
  for (const stop of Object.values(stops)) stop.abort(STOPPING);
  // Whatever does not even hand back loses its lease by itself, half a minute later.
  await endsWithin(closing, HAND_BACK_MS);
}

const STOPPING = new Error('the process is stopping');

async function endsWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  const timeout = sleep(ms, false, { signal: over.signal }).catch(() => false);
  const ended = await Promise.race([promise.then(() => true), timeout]);
  over.abort();
  return ended;
}

async function closeQueues(queues: Readonly<Record<OutboxKind, JobQueue>>): Promise<void> {
  // Without its Redis a queue would wait for ever to say goodbye.
  await endsWithin(Promise.all(Object.values(queues).map((queue) => queue.close())), CLOSE_MS);
}
