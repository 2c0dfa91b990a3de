import { unlockProfile } from '../../app/passwords/unlock-profile.ts';
import { argument, type Session, type Typed } from '../command.ts';

export async function unlock(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  await session.withContext(async (context) => {
    const result = await unlockProfile(context, argument(typed, 0), actor);
    const { failures } = result.before;
    output.result(result, () => `${result.username} may try again; ${failures} failures are forgotten`);
  });
}
