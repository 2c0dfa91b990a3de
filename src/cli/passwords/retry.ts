import { retryWriteBacks } from '../../app/passwords/retry-write-backs.ts';
import type { Session, Typed } from '../command.ts';
import { readWhich } from '../read-which.ts';

export async function retry(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const which = readWhich(typed);
  await session.withContext(async (context) => {
    const ids = await retryWriteBacks(context, which, actor);
    output.result({ retried: ids }, () => `${ids.length} passwords will be carried back again`);
    output.hint('A running server carries them (tributary start). Follow it: tributary write-back list');
  });
}
