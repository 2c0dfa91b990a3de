import { replayRun } from '../../app/runs/replay-run.ts';
import { argument, flag, type ExitCode, type Session, type Typed } from '../command.ts';
import { showAfter } from './decide.ts';

export async function replay(session: Session, typed: Typed): Promise<ExitCode> {
  return await session.withContext(async (context) => {
    const { runId } = await replayRun(context, { runId: argument(typed, 0), actor: session.actor });
    return await showAfter(session, context, { runId, wait: flag(typed, 'wait') });
  });
}
