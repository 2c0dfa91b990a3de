import { setTimeout as sleep } from 'node:timers/promises';
import { isFinished } from '../../domain/runs/run.ts';
import { resyncSchema, runErrorSchema, runRecordSchema, runSchema } from '../../http/schemas/runs.ts';
import type { Run, RunAsks } from '../asks/runs.ts';
import type { Runtime } from '../runtime.ts';
import { shown, shownList, type About } from './about.ts';

type WorkingAbout = About & Pick<Runtime, 'startWorkers'>;

export function directRuns(about: WorkingAbout): RunAsks {
  return { ...reading(about), ...asking(about), follow: (id, signal) => follow(about, id, signal) };
}

function reading({ context }: About): Pick<RunAsks, 'list' | 'show' | 'records' | 'errors'> {
  return {
    list: async (filter) => {
      const { listRuns } = await import('../../app/runs/list-runs.ts');
      return shownList(runSchema, await listRuns(context, filter));
    },
    show: async (id) => {
      const { showRun } = await import('../../app/runs/show-run.ts');
      return shown(runSchema, await showRun(context, id));
    },
    records: (id) =>
      stretches(async (after) => {
        const { listRunRecords } = await import('../../app/runs/show-run.ts');
        return shownList(runRecordSchema, await listRunRecords(context, id, { after, limit: STRETCH }));
      }),
    errors: (id) =>
      stretches(async (after) => {
        const { listRunErrors } = await import('../../app/runs/show-run.ts');
        return shownList(runErrorSchema, await listRunErrors(context, id, { after, limit: STRETCH }));
      }),
  };
}

/** As large as a page of the API. */
const STRETCH = 200;

async function* stretches<T extends { readonly id: string }>(
  read: (after: string | null) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let after: string | null = null;
  for (;;) {
    const found: readonly T[] = await read(after);
    if (found.length > 0) yield found;
    if (found.length < STRETCH) return;
    after = found.at(-1)?.id ?? after;
  }
}

function asking({
  context,
  actor,
}: About): Pick<RunAsks, 'request' | 'resync' | 'approve' | 'reject' | 'replay'> {
  const cause = { kind: 'operator', name: actor } as const;
  return {
    request: async (about) => {
      const { requestRun } = await import('../../app/runs/request-run.ts');
      return await requestRun(context, { ...about, cause });
    },
    resync: async (provider, recordKey, signal) => {
      const { explainResync } = await import('../../app/runs/explain-resync.ts');
      return shown(resyncSchema, await explainResync(context, { provider, recordKey, cause, signal }));
    },
    approve: async (runId) => {
      const { approveRun } = await import('../../app/runs/decide-held-run.ts');
      await approveRun(context, { runId, actor });
    },
    reject: async (runId) => {
      const { rejectRun } = await import('../../app/runs/decide-held-run.ts');
      await rejectRun(context, { runId, actor });
    },
    replay: async (runId) => {
      const { replayRun } = await import('../../app/runs/replay-run.ts');
      return await replayRun(context, { runId, actor });
    },
  };
}

const POLL_MS = 100;

/** Works on the run in this process too: there may be no server. */
async function* follow(about: WorkingAbout, id: string, signal: AbortSignal): AsyncGenerator<Run> {
  await using _workers = await about.startWorkers(about.context);
  for (;;) {
    const run = await reading(about).show(id);
    yield run;
    if (isFinished(run.state) || run.state === 'held') return;
    await sleep(POLL_MS, undefined, { signal });
  }
}
