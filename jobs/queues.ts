import type { Queue } from 'bullmq';
import { z } from 'zod';
import type { Logger } from '../connectors/contract/tools.ts';
import type { OutboxKind, RelayableEffect } from '../src/app/outbox/claim-effects.ts';

export const KINDS = ['run', 'write-back', 'email'] as const satisfies readonly OutboxKind[];

/** Queues are named by what is in them. */
export const QUEUE_NAMES = {
  run: 'runs',
  email: 'emails',
  'write-back': 'write-backs',
} as const satisfies Record<OutboxKind, string>;

/** All that a queue ever holds: the id of an outbox row. */
export const jobPayload = z.strictObject({ v: z.literal(1), id: z.uuid() });
export type JobPayload = z.infer<typeof jobPayload>;

export interface NewJob {
  readonly name: string;
  readonly data: JobPayload;
  readonly opts: { readonly jobId: string };
}

/**
 * The id differs from one relay of a row to the next, because BullMQ silently
 * ignores a job whose id it remembers, failed ones included.
 */
export function jobFor({ id, kind, relays }: RelayableEffect): NewJob {
  return { name: kind, data: { v: 1, id }, opts: { jobId: `o-${id}-${relays}` } };
}

/** One attempt: the store counts attempts and decides about retries, a queue only says that there is something to do. */
export const JOB_OPTIONS = {
  attempts: 1,
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 86_400, count: 1_000 },
} as const;

/** A killed worker's job is taken up by another when its lock of 30 s has ended; the store's lease says whether there is still work in it. */
export const WORKER_OPTIONS = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 5,
  drainDelay: 5,
  removeOnComplete: JOB_OPTIONS.removeOnComplete,
  removeOnFail: JOB_OPTIONS.removeOnFail,
} as const;

export interface JobQueue {
  /** Rejects when the queue cannot be reached in time; some of the jobs may have got there. */
  readonly addBulk: (jobs: NewJob[]) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

export interface JobWorker {
  /** Waits for jobs under way, and without end for a Redis that is not there. */
  readonly close: () => Promise<void>;
}

export interface WorkerRequest {
  readonly kind: OutboxKind;
  readonly concurrency: number;
  readonly perform: (payload: unknown) => Promise<void>;
  /** Called when the queue has run empty. */
  readonly drained: () => void;
}

/** What the inspector is given: BullMQ's own queue. */
export type InspectedQueue = Queue;

/** Where the queues live. Disposing closes the connections, after the queues and workers have been closed. */
export interface QueueBackend extends AsyncDisposable {
  openQueue(kind: OutboxKind): JobQueue;
  /** The queue as it is, for looking into it. */
  openInspected(kind: OutboxKind): InspectedQueue;
  openWorker(request: WorkerRequest): JobWorker;
}

interface Emitter {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** An `error` event that nobody listens to ends the process. */
export function logErrors(emitter: Emitter, logger: Logger, what: string): void {
  emitter.on('error', (error) => {
    logger.warn('a queue reported an error; it goes on by itself', { what, error });
  });
}
