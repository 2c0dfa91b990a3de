import { argument, type Session, type Typed } from '../command.ts';

export async function endAll(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const who = argument(typed, 0);
  await session.withInstallation(async ({ profiles }) => {
    const result = await profiles.endSessions(who);
    output.result(result, () => `${who} is signed out everywhere (${result.ended} sessions)`);
  });
}
