import { argument, type Session, type Typed } from '../command.ts';

export async function unlock(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const who = argument(typed, 0);
  await session.withInstallation(async ({ profiles }) => {
    const result = await profiles.unlock(who);
    output.result(result, () => `${who} may try again; ${result.failures} failures are forgotten`);
  });
}
