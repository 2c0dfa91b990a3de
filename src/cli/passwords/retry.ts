import type { Session, Typed } from '../command.ts';
import { readWhich } from '../read-which.ts';

export async function retry(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const which = readWhich(typed);
  await session.withInstallation(async ({ writeBacks }) => {
    const result = await writeBacks.retry(which);
    output.result(result, () => `${result.retried} passwords will be carried back again`);
    output.hint('A running server carries them. Follow it: tributary write-back list');
  });
}
