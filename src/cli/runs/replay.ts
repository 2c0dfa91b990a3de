import { argument, flag, type ExitCode, type Session, type Typed } from '../command.ts';
import { showAfter } from './show-after.ts';

export async function replay(session: Session, typed: Typed): Promise<ExitCode> {
  return await session.withInstallation(async ({ runs }) => {
    const { runId } = await runs.replay(argument(typed, 0));
    return await showAfter(session, runs, { runId, wait: flag(typed, 'wait') });
  });
}
