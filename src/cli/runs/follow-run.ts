import type { Run, RunAsks } from '../asks/runs.ts';
import { Progress, type Reading } from '../progress.ts';

/** Waits until a run has ended or is held, and shows how far it is. */
export async function followRun(runs: RunAsks, runId: string, signal: AbortSignal): Promise<Run> {
  const progress = new Progress();
  let latest: Run | null = null;
  try {
    for await (const run of runs.follow(runId, signal)) {
      if (latest !== null || !hasEnded(run)) progress.show(readingOf(run));
      latest = run;
    }
  } finally {
    progress.end();
  }
  return latest ?? (await runs.show(runId));
}

function hasEnded({ state }: Run): boolean {
  return state === 'done' || state === 'failed' || state === 'rejected' || state === 'held';
}

function readingOf({ state, counters, expected, planned }: Run): Reading {
  const count = (name: keyof typeof counters): number => counters[name] ?? 0;
  if (state !== 'applying' || !planned)
    return { label: labelOf(state), done: count('read'), total: expected };
  const total = count('created') + count('linked') + count('updated') + count('returned') + count('disabled');
  return { label: 'applying', done: Math.min(total, count('applied') + count('skipped')), total };
}

function labelOf(state: Run['state']): string {
  if (state === 'queued') return 'waiting';
  return state === 'applying' ? 'importing' : 'reading';
}
