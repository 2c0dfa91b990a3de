import { argument, flag, type ExitCode, type Session, type Typed } from '../command.ts';
import { showAfter } from './show-after.ts';

export async function approve(session: Session, typed: Typed): Promise<ExitCode> {
  const runId = argument(typed, 0);
  return await session.withInstallation(async ({ runs }) => {
    await runs.approve(runId);
    return await showAfter(session, runs, { runId, wait: flag(typed, 'wait') });
  });
}

export async function reject(session: Session, typed: Typed): Promise<ExitCode> {
  const runId = argument(typed, 0);
  return await session.withInstallation(async ({ runs }) => {
    await runs.reject(runId);
    return await showAfter(session, runs, { runId, wait: false });
  });
}
