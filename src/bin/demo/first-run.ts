import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../../app/context.ts';
import { listCaptured } from '../../app/mail/captured-mailbox.ts';
import { listRuns, type ListedRun } from '../../app/runs/list-runs.ts';
import { requestRun } from '../../app/runs/request-run.ts';
import { showRun } from '../../app/runs/show-run.ts';
import { isFinished } from '../../domain/runs/run.ts';
import { AppError } from '../../kernel/errors.ts';
import { PROVIDER_NAME } from './definition.ts';
import { PEOPLE } from './people.ts';
import { sayProgress } from './say.ts';

const POLL_MS = 150;
/** E-mails follow the run by way of the queue. */
const MAIL_MS = 10_000;

/**
 * Sees to it that one full run is done: asks for it, or waits for the one that a
 * killed demo left under way, which the workers take up. Later starts find it done.
 */
export async function firstRun(context: AppContext, signal: AbortSignal): Promise<void> {
  const runs = await listRuns(context, { provider: PROVIDER_NAME, limit: 50 });
  if (runs.some((run) => run.kind === 'full' && run.state === 'done')) return;
  const open = runs.find((run) => !isFinished(run.state));
  const cause = { kind: 'operator', name: 'demo' } as const;
  const { runId } =
    open === undefined
      ? await requestRun(context, { provider: PROVIDER_NAME, kind: 'full', cause })
      : { runId: open.id };
  await follow(context, runId, signal);
}

async function follow(context: AppContext, runId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const run = await showRun(context, runId);
    const last = run.state === 'held' || isFinished(run.state);
    sayProgress(progress(run), { last });
    if (last && run.state !== 'done') throw notDone(run);
    if (last) return;
    await sleep(POLL_MS, undefined, { signal });
  }
}

function progress({ counters, state }: ListedRun): string {
  const { read, created, errors } = counters;
  return `Run of ${PROVIDER_NAME}: ${state}, ${read} of ${PEOPLE} people read, ${created} profiles, ${errors} that cannot be mapped`;
}

/** Waits until mail has come in; the guide promises it. */
export async function firstMail(directory: string, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < MAIL_MS; waited += POLL_MS) {
    if ((await listCaptured(directory)).length > 0) return;
    await sleep(POLL_MS, undefined, { signal });
  }
}

function notDone(run: ListedRun): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'DEMO_RUN_NOT_DONE',
    message: `The first run of ${PROVIDER_NAME} is ${run.state}.`,
    remedy: `Look at it with: bin/tributary run show ${run.id}; or start afresh with: npm run demo -- --reset`,
  });
}
