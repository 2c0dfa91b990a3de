import { findChangedRuns, type ChangedRun } from '../../store/runs/find-changed-runs.ts';
import type { AppContext } from '../context.ts';

export type { ChangedRun } from '../../store/runs/find-changed-runs.ts';

/** A moment with microseconds, as events have it; anything else begins anew. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * What has changed since an event, oldest first; some of it again, because
 * transactions end in another order than they begin. Without an event: a run as
 * it is, or all that have not ended.
 */
export async function followRuns(
  context: Pick<AppContext, 'store'>,
  about: { readonly runId: string | null; readonly after: string | null },
): Promise<readonly ChangedRun[]> {
  const after = about.after !== null && MOMENT.test(about.after) ? about.after : null;
  return await findChangedRuns(context.store.read, { runId: about.runId, after });
}
