import type { Session, Typed } from '../command.ts';
import { readTarget } from './read-target.ts';

export async function grants(session: Session, typed: Typed): Promise<undefined> {
  const target = await readTarget(session, typed);
  await session.withInstallation(async ({ providers }) => {
    const sql = await providers.grants(target);
    session.output.result({ sql }, () => sql.trimEnd());
  });
}
