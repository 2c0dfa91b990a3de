import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../../app/context.ts';
import { showRun } from '../../app/runs/show-run.ts';
import type { ListedRun } from '../../app/runs/list-runs.ts';
import { isFinished } from '../../domain/runs/run.ts';
import type { Session } from '../command.ts';
import { Progress, type Reading } from '../progress.ts';

const POLL_MS = 100;

/**
 * Waits until a run has ended or is held, working on it in this process too, and
 * shows how far it is.
 */
export async function followRun(session: Session, context: AppContext, runId: string): Promise<ListedRun> {
  await using _workers = await session.runtime.startWorkers(context);
  const progress = new Progress();
  try {
    for (;;) {
      const run = await showRun(context, runId);
      if (isFinished(run.state) || run.state === 'held') return run;
      progress.show(readingOf(run));
      await sleep(POLL_MS, undefined, { signal: session.signal });
    }
  } finally {
    progress.end();
  }
}

function readingOf({ state, counters, expected, planned }: ListedRun): Reading {
  if (state !== 'applying' || !planned)
    return { label: labelOf(state), done: counters.read, total: expected };
  const { created, linked, updated, returned, disabled } = counters;
  const total = created + linked + updated + returned + disabled;
  return { label: 'applying', done: Math.min(total, counters.applied + counters.skipped), total };
}

function labelOf(state: ListedRun['state']): string {
  if (state === 'queued') return 'waiting';
  return state === 'applying' ? 'importing' : 'reading';
}
