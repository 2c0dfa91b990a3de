import type { AppContext } from '../../app/context.ts';
import { approveRun, rejectRun } from '../../app/runs/decide-held-run.ts';
import { showRun } from '../../app/runs/show-run.ts';
import { argument, flag, type ExitCode, type Session, type Typed } from '../command.ts';
import { followRun } from './follow-run.ts';
import { exitCodeOf, hintAfter, runText } from './run-text.ts';

export async function approve(session: Session, typed: Typed): Promise<ExitCode> {
  return await session.withContext(async (context) => {
    const runId = argument(typed, 0);
    await approveRun(context, { runId, actor: session.actor });
    return await showAfter(session, context, { runId, wait: flag(typed, 'wait') });
  });
}

export async function reject(session: Session, typed: Typed): Promise<ExitCode> {
  return await session.withContext(async (context) => {
    const runId = argument(typed, 0);
    await rejectRun(context, { runId, actor: session.actor });
    return await showAfter(session, context, { runId, wait: false });
  });
}

/** Shows a run as it is now, or as it ends. */
export async function showAfter(
  session: Session,
  context: AppContext,
  about: { readonly runId: string; readonly wait: boolean },
): Promise<ExitCode> {
  const { output } = session;
  const run = about.wait
    ? await followRun(session, context, about.runId)
    : await showRun(context, about.runId);
  output.result(run, () => runText(output, run));
  hintAfter(output, run);
  return about.wait ? exitCodeOf(run) : 0;
}
