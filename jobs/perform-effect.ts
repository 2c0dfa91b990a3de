import { ConnectorError } from '../connectors/contract/errors.ts';
import type { AppContext } from '../src/app/context.ts';
import { abandonEffect } from '../src/app/outbox/abandon-effect.ts';
import type { OutboxKind } from '../src/app/outbox/claim-effects.ts';
import type { EffectOutcome } from '../src/app/outbox/effect-outcome.ts';
import { leaseEffect, LEASE_SECONDS, type EffectLease } from '../src/app/outbox/lease-effect.ts';
import { renewLease } from '../src/app/outbox/renew-lease.ts';
import { settleEffect } from '../src/app/outbox/settle-effect.ts';
import { AppError } from '../src/kernel/errors.ts';

/** What a processor is given besides what to carry out. */
export interface Task {
  /** Names this attempt and no other. */
  readonly owner: string;
  /** Aborts when the process stops or the lease is lost. */
  readonly signal: AbortSignal;
}

/** Carries out one run, e-mail or write-back. Rejects only for faults that are not its own business. */
export type Processor = (subjectId: string, task: Task) => Promise<EffectOutcome>;

/** Attempts that ended without an outcome, each in a process that died: more than this is the work's own fault. */
const MOST_LEASES: Readonly<Record<OutboxKind, number>> = { run: 20, email: 30, 'write-back': 150 };

const ABANDONED = {
  kind: 'failed',
  code: 'ABANDONED',
  reason: 'the processes that worked on it died again and again',
} as const;

const FAULTS_BEFORE_GIVING_UP = 5;
const AFTER_FAULT_SECONDS = 30;

/**
 * Carries out one row of the outbox under a lease that is kept alive meanwhile,
 * and writes what came of it. Does nothing when the row is settled, not due, or
 * somebody else's: jobs may come twice, late, or out of nowhere.
 *
 * @param stop aborts when the process stops; the row is handed back then.
 */
export async function performEffect(
  context: AppContext,
  outboxId: string,
  { processor, stop }: { readonly processor: Processor; readonly stop: AbortSignal },
): Promise<void> {
  if (stop.aborted) return;
  const lease = await leaseEffect(context, outboxId);
  if (lease === null) return;
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const heartbeat = setInterval(() => void keepLease(context, lease, lost), (LEASE_SECONDS * 1000) / 3);
  try {
    const outcome = await carryOut(context, lease, { processor, signal });
    const written = await settleEffect(context, lease, outcome);
    if (!written) context.logger.warn('a lease ran out before its work was settled', about(lease));
  } finally {
    clearInterval(heartbeat);
  }
}

async function carryOut(
  context: AppContext,
  lease: EffectLease,
  { processor, signal }: { readonly processor: Processor; readonly signal: AbortSignal },
): Promise<EffectOutcome> {
  if (lease.attempts > MOST_LEASES[lease.kind]) return await abandonEffect(context, lease, ABANDONED);
  try {
    return await processor(lease.subjectId, { owner: lease.owner, signal });
  } catch (error) {
    if (signal.aborted) return { kind: 'handed-back', afterSeconds: 0 };
    context.logger.error('work ended with an unexpected error', { ...about(lease), error });
    const outcome = outcomeOfFault(error, lease.attempts);
    return outcome.kind === 'failed' ? await abandonEffect(context, lease, outcome) : outcome;
  }
}

/** The only place that turns an error into what happens next; by its code, never by its text. */
function outcomeOfFault(error: unknown, attempts: number): EffectOutcome {
  const code = error instanceof ConnectorError || error instanceof AppError ? error.code : 'UNEXPECTED';
  const reason = code === 'UNEXPECTED' ? 'an unexpected error; see the log' : 'see the log';
  if (error instanceof ConnectorError && error.advice.action !== 'retry')
    return { kind: 'failed', code, reason };
  if (attempts >= FAULTS_BEFORE_GIVING_UP) return { kind: 'failed', code, reason };
  return { kind: 'later', afterSeconds: AFTER_FAULT_SECONDS * attempts, code, reason };
}

async function keepLease(context: AppContext, lease: EffectLease, lost: AbortController): Promise<void> {
  try {
    if (!(await renewLease(context, lease))) lost.abort(new Error('the lease was lost'));
  } catch (error) {
    // The store does not answer; the next beat may still be in time.
    context.logger.warn('a lease could not be renewed', { ...about(lease), error });
  }
}

function about({ id, kind, subjectId, attempts }: EffectLease): object {
  return { outbox: id, kind, subject: subjectId, attempts };
}
