import { pauseProvider, resumeProvider } from '../../app/providers/pause-provider.ts';
import { argument, type Session, type Typed } from '../command.ts';

export async function pause(session: Session, typed: Typed): Promise<undefined> {
  const name = argument(typed, 0);
  await session.withContext(async (context) => {
    const changed = await pauseProvider(context, { name, actor: session.actor });
    session.output.result(
      { name, paused: true, changed },
      () => `${name} is paused; what operators ask for still runs`,
    );
  });
}

export async function resume(session: Session, typed: Typed): Promise<undefined> {
  const name = argument(typed, 0);
  await session.withContext(async (context) => {
    const changed = await resumeProvider(context, { name, actor: session.actor });
    session.output.result({ name, paused: false, changed }, () => `${name} follows its schedule`);
  });
}
