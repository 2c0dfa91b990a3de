import { argument, type Session, type Typed } from '../command.ts';
import { showAfter } from './show-after.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  await session.withInstallation(async ({ runs }) => {
    await showAfter(session, runs, { runId: argument(typed, 0), wait: false });
  });
}
