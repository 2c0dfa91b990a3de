import { endSessions } from '../../app/passwords/end-sessions.ts';
import { argument, type Session, type Typed } from '../command.ts';

export async function endAll(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  await session.withContext(async (context) => {
    const result = await endSessions(context, argument(typed, 0), actor);
    output.result(result, () => `${result.username} is signed out everywhere (${result.ended} sessions)`);
  });
}
