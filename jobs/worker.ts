import type { AppContext } from '../src/app/context.ts';
import type { OutboxKind } from '../src/app/outbox/claim-effects.ts';
import { performEffect, type Processor } from './perform-effect.ts';
import { jobPayload, type JobWorker, type QueueBackend } from './queues.ts';

export interface Work {
  readonly kind: OutboxKind;
  readonly processor: Processor;
  readonly concurrency: number;
  /** Aborts when work under way has to be handed back. */
  readonly stop: AbortSignal;
  readonly drained: () => void;
}

/** Takes jobs of one kind until it is closed. */
export function startWorker(context: AppContext, backend: QueueBackend, work: Work): JobWorker {
  return backend.openWorker({
    kind: work.kind,
    concurrency: work.concurrency,
    drained: work.drained,
    perform: async (data) => {
      const payload = jobPayload.safeParse(data);
      // Written by another version of Tributary: its own workers get the row when it is relayed again.
      if (payload.success) await performQuietly(context, payload.data.id, work);
      else context.logger.warn('a job of another version was left alone', { kind: work.kind });
    },
  });
}

/** Queues keep errors in the clear, and could do nothing about them: the job ends, and the row in the outbox stays. */
async function performQuietly(context: AppContext, outboxId: string, work: Work): Promise<void> {
  try {
    await performEffect(context, outboxId, work);
  } catch (error) {
    const { kind } = work;
    context.logger.error('work was not settled; it is taken up again when its lease ends', {
      outbox: outboxId,
      kind,
      error,
    });
  }
}
