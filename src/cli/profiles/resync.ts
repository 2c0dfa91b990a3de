import { argument, type ExitCode, type Session, type Typed } from '../command.ts';
import { showResync } from '../runs/resync-text.ts';

export async function resync(session: Session, typed: Typed): Promise<ExitCode> {
  const { output, signal } = session;
  return await session.withInstallation(async ({ profiles }) =>
    showResync(output, await profiles.resync(argument(typed, 0), signal)),
  );
}
